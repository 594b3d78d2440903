// SPDX-License-Identifier: MIT
#include "base/hash_index.hpp"

#include <sys/random.h>

#include <algorithm>
#include <cstring>

namespace kprofefe {
namespace {

HashSeeds random_seeds() {
  // Where the kernel has none to give, these are as good as any.
  HashSeeds seeds = {.hash = 0x9e3779b97f4a7c15, .number = 0xbf58476d1ce4e5b9};
  [[maybe_unused]] const ssize_t count =
      ::getrandom(&seeds, sizeof(seeds), GRND_NONBLOCK);
  return seeds;
}

}  // namespace

const HashSeeds k_hash_seeds = random_seeds();

std::uint64_t mix_hash(std::uint64_t hash, std::string_view text) {
  hash = mix_hash(hash, text.size());
  while (!text.empty()) {
    std::uint64_t word = 0;
    const std::size_t size = std::min(text.size(), sizeof(word));
    std::memcpy(&word, text.data(), size);
    hash = mix_hash(hash, word);
    text.remove_prefix(size);
  }
  return hash;
}

}  // namespace kprofefe
