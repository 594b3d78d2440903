// SPDX-License-Identifier: MIT
#include "layout/steps/relax.hpp"

#include <cstddef>
#include <vector>

namespace kprofefe::layout {
namespace {

/// Things that stand as close as they may: they move together.
struct Pool {
  double sum = 0;
  double weight = 0;
  std::size_t count = 0;

  [[nodiscard]] double mean() const { return sum / weight; }
};

}  // namespace

void relax(std::span<const Wish> wishes, std::span<double> places) {
  std::vector<Pool> pools;
  pools.reserve(wishes.size());
  double least = 0;  // how far right of the first each must be
  for (const Wish& wish : wishes) {
    least += pools.empty() ? 0 : wish.distance;
    Pool pool = {.sum = (wish.wanted - least) * wish.weight,
                 .weight = wish.weight,
                 .count = 1};
    while (!pools.empty() && pools.back().mean() >= pool.mean()) {
      pool.sum += pools.back().sum;
      pool.weight += pools.back().weight;
      pool.count += pools.back().count;
      pools.pop_back();
    }
    pools.push_back(pool);
  }
  std::size_t at = 0;
  least = 0;
  for (const Pool& pool : pools) {
    const double mean = pool.mean();
    for (std::size_t i = 0; i < pool.count; ++i, ++at) {
      least += at == 0 ? 0 : wishes[at].distance;
      places[at] = mean + least;
    }
  }
}

}  // namespace kprofefe::layout
