// SPDX-License-Identifier: MIT
// What the collector's check of a profile costs, and the floor below it.
// usage: bench_check_body FILE   prints microseconds: of BodyChecker::check(),
// and of inflating the whole file with libdeflate and with zlib
#include "pprof/check.hpp"
#include "pprof/wire/body_reader.hpp"
#include "pprof/wire/gunzip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe {
namespace {

constexpr int k_rounds = 2001;

/// The middle of many runs, in microseconds.
template <typename Work>
double middle_of(const Work& work) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> costs;
  for (int i = 0; i < k_rounds; ++i) {
    const Clock::time_point begin = Clock::now();
    work();
    const std::chrono::duration<double, std::micro> cost = Clock::now() - begin;
    costs.push_back(cost.count());
  }
  std::ranges::sort(costs);
  return costs[costs.size() / 2];
}

void inflate_in_pieces(std::string_view body) {
  pprof::BodyReader reader(body);
  while (!reader.next().empty()) {
  }
}

int run(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string body(std::istreambuf_iterator<char>(file), {});
  pprof::BodyChecker checker;
  pprof::Gunzip gunzip;
  std::vector<char> room(pprof::Gunzip::announced_bytes(body).value_or(0));
  int sound = 0;
  const double check = middle_of([&] { sound += checker.check(body) ? 1 : 0; });
  const double at_once = middle_of([&] { gunzip.fill(room, body); });
  const double in_pieces = middle_of([&] { inflate_in_pieces(body); });
  if (sound != k_rounds) {
    fmt::print(stderr, "{}: not a profile\n", path);
    return 1;
  }
  fmt::print("{:.2f} {:.2f} {:.2f}\n", check, at_once, in_pieces);
  return 0;
}

}  // namespace
}  // namespace kprofefe

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bench_check_body FILE\n", stderr);
    return 2;
  }
  try {
    return kprofefe::run(argv[1]);
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
    return 1;
  }
}
