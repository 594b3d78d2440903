// SPDX-License-Identifier: MIT
#include "collect/concurrency.hpp"

#include "base/byte_size.hpp"

#include <fmt/format.h>

#include <sys/resource.h>

#include <algorithm>

namespace kprofefe::collect {
namespace {

/// Standard streams, the loop, the API server, a name server.
constexpr std::size_t k_others = 24;
/// A forward is a connection and a socket pair; a profile on its way is a
/// file, or a connection to profefe.
constexpr std::size_t k_per_pod = 4;

/// What a connection to a pod takes, with its request and its answer's header.
constexpr std::size_t k_bytes_per_pod = std::size_t{64} << 10;

}  // namespace

std::size_t pods_within(std::size_t descriptors) {
  return std::max<std::size_t>(
      1, (std::max(descriptors, k_others) - k_others) / k_per_pod);
}

std::size_t fit_concurrency(std::size_t wanted, std::size_t pods,
                            std::size_t memory, Messages& messages) {
  std::size_t fitting = std::min(wanted, pods);
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
      fitting > pods_within(limit.rlim_cur)) {
    fitting = pods_within(limit.rlim_cur);
    messages.note(
        fmt::format("--concurrency {} needs more open files than the {} "
                    "allowed here (ulimit -Hn): using {}",
                    wanted, limit.rlim_cur, fitting));
  }
  const std::size_t in_memory =
      std::max<std::size_t>(1, memory / k_bytes_per_pod);
  if (fitting > in_memory) {
    fitting = in_memory;
    messages.note(
        fmt::format("--concurrency {} needs more than the "
                    "{} of --memory: using {}",
                    wanted, format_bytes(memory), fitting));
  }
  return fitting;
}

}  // namespace kprofefe::collect
