// SPDX-License-Identifier: MIT
#include "pprof/string_table.hpp"

#include <algorithm>
#include <utility>

namespace kprofefe::pprof {
namespace {

constexpr std::size_t k_block_bytes = std::size_t{16} << 10;

std::uint32_t hash_of(std::string_view text) {
  return static_cast<std::uint32_t>(mix_hash(0, text));
}

}  // namespace

StringTable::StringTable() {
  add("");
}

StringTable::StringTable(const StringTable& other) {
  for (const std::string_view text : other.texts_) {
    add(text);
  }
}

StringTable& StringTable::operator=(const StringTable& other) {
  StringTable copy(other);
  std::swap(*this, copy);
  return *this;
}

StringId StringTable::add(std::string_view text) {
  return add(text, hash_of(text));
}

StringId StringTable::add(std::string_view text, std::uint32_t hash) {
  const auto same = [&](StringId id) { return texts_[id] == text; };
  if (const auto known = ids_.find(hash, same)) {
    return *known;
  }
  const auto id = static_cast<StringId>(texts_.size());
  texts_.push_back(keep(text));
  hashes_.push_back(hash);
  ids_.add(hash, id);
  return id;
}

std::optional<StringId> StringTable::find(std::string_view text) const {
  return ids_.find(hash_of(text),
                   [&](StringId id) { return texts_[id] == text; });
}

std::string_view StringTable::keep(std::string_view text) {
  if (blocks_.empty() ||
      blocks_.back().capacity() - blocks_.back().size() < text.size()) {
    blocks_.emplace_back().reserve(std::max(text.size(), k_block_bytes));
  }
  std::string& block = blocks_.back();
  const std::size_t begin = block.size();
  block.append(text);
  return std::string_view(block).substr(begin);
}

}  // namespace kprofefe::pprof
