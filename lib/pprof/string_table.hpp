// SPDX-License-Identifier: MIT
#pragma once

#include "base/hash_index.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {

/// A string's number in its profile's StringTable; 0 is "".
using StringId = std::uint32_t;

/// Every string of a profile once. Two numbers of one table are equal exactly
/// when the strings are, so names are compared without looking at them.
class StringTable {
 public:
  StringTable();
  StringTable(const StringTable& other);
  StringTable& operator=(const StringTable& other);
  StringTable(StringTable&&) noexcept = default;
  StringTable& operator=(StringTable&&) noexcept = default;
  ~StringTable() = default;

  /// The string's number; it is copied in when it is new.
  StringId add(std::string_view text);

  /// The same for a string of another table, which knows its hash.
  StringId add(const StringTable& other, StringId id) {
    return add(other.texts_[id], other.hashes_[id]);
  }

  /// The number of a string that is there.
  [[nodiscard]] std::optional<StringId> find(std::string_view text) const;

  /// `id` must come from this table. Valid as long as the table, also while
  /// strings are added and when the table is moved.
  [[nodiscard]] std::string_view at(StringId id) const { return texts_[id]; }

  [[nodiscard]] std::size_t size() const { return texts_.size(); }

 private:
  StringId add(std::string_view text, std::uint32_t hash);
  std::string_view keep(std::string_view text);

  // Blocks never grow, so that views into them hold.
  std::deque<std::string> blocks_;
  std::vector<std::string_view> texts_;
  std::vector<std::uint32_t> hashes_;
  HashIndex ids_;
};

}  // namespace kprofefe::pprof
