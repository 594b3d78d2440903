// SPDX-License-Identifier: MIT
#include "pprof/hash_index.hpp"

#include <sys/random.h>

#include <algorithm>
#include <cstring>

namespace kprofefe::pprof {
namespace {

std::uint64_t random_seed() {
  std::uint64_t seed = 0;
  // Where the kernel has none to give, 0 is as good as any.
  [[maybe_unused]] const ssize_t count =
      ::getrandom(&seed, sizeof(seed), GRND_NONBLOCK);
  return seed;
}

}  // namespace

const std::uint64_t k_hash_seed = random_seed();

std::uint64_t mix(std::uint64_t hash, std::string_view text) {
  hash = mix(hash, text.size());
  while (!text.empty()) {
    std::uint64_t word = 0;
    const std::size_t size = std::min(text.size(), sizeof(word));
    std::memcpy(&word, text.data(), size);
    hash = mix(hash, word);
    text.remove_prefix(size);
  }
  return hash;
}

}  // namespace kprofefe::pprof
