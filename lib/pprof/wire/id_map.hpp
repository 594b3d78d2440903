// SPDX-License-Identifier: MIT
#pragma once

#include "base/hash_index.hpp"
#include "pprof/profile.hpp"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace kprofefe::pprof {

/// From the ids of a message to indices: a vector for the ids that a writer
/// counts up from 1, a hash table for others.
class IdMap {
 public:
  /// `count`: how many there will be.
  explicit IdMap(std::size_t count) : dense_(count + 1, k_none) {}

  /// False when the id has an index already.
  bool add(std::uint64_t id, std::uint32_t index) {
    if (id >= dense_.size()) {
      return sparse_.emplace(id, index).second;
    }
    if (dense_[id] != k_none) {
      return false;
    }
    dense_[id] = index;
    return true;
  }

  /// k_none for an id that is not there.
  [[nodiscard]] std::uint32_t find(std::uint64_t id) const {
    if (id < dense_.size()) {
      return dense_[id];
    }
    const auto found = sparse_.find(id);
    return found == sparse_.end() ? k_none : found->second;
  }

 private:
  struct Hash {
    std::size_t operator()(std::uint64_t id) const { return mix_hash(0, id); }
  };

  std::vector<std::uint32_t> dense_;
  std::unordered_map<std::uint64_t, std::uint32_t, Hash> sparse_;
};

}  // namespace kprofefe::pprof
