// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace kprofefe {

/// Others in every process: who makes a profile cannot know what collides.
struct HashSeeds {
  std::uint64_t hash = 0;
  std::uint64_t number = 0;
};

extern const HashSeeds k_hash_seeds;

/// `hash` with one more number in it. The two have a seed each, or a number
/// that is equal to the hash would take it away.
inline std::uint64_t mix_hash(std::uint64_t hash, std::uint64_t number) {
  __extension__ using Wide = unsigned __int128;
  const Wide product =
      Wide{hash ^ k_hash_seeds.hash} * (number ^ k_hash_seeds.number);
  return static_cast<std::uint64_t>(product) ^
         static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t mix_hash(std::uint64_t hash,
                              std::span<const std::uint32_t> numbers) {
  hash = mix_hash(hash, numbers.size());
  for (const std::uint32_t number : numbers) {
    hash = mix_hash(hash, number);
  }
  return hash;
}

/// `hash` with a text in it.
std::uint64_t mix_hash(std::uint64_t hash, std::string_view text);

/// Finds a number by what it stands for, which the caller keeps: an open hash
/// table of 8 bytes a slot. Nothing is ever taken out.
class HashIndex {
 public:
  /// The number for which `equal(number)` holds among those of that hash.
  template <typename Equal>
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t hash,
                                                  Equal&& equal) const {
    if (slots_.empty()) {
      return std::nullopt;
    }
    const auto tag = static_cast<std::uint32_t>(hash);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = tag & mask; slots_[at].number != k_free;
         at = (at + 1) & mask) {
      if (slots_[at].tag == tag && equal(slots_[at].number)) {
        return slots_[at].number;
      }
    }
    return std::nullopt;
  }

  /// Adds a number that find() does not find.
  void add(std::uint64_t hash, std::uint32_t number) {
    if ((count_ + 1) * 4 > slots_.size() * 3) {
      grow();
    }
    put({static_cast<std::uint32_t>(hash), number});
    ++count_;
  }

 private:
  static constexpr std::uint32_t k_free = ~std::uint32_t{0};
  static constexpr std::size_t k_first_slots = 64;

  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t number = k_free;
  };

  void put(Slot slot) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = slot.tag & mask;
    while (slots_[at].number != k_free) {
      at = (at + 1) & mask;
    }
    slots_[at] = slot;
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? k_first_slots : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.number != k_free) {
        put(slot);
      }
    }
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace kprofefe
