// SPDX-License-Identifier: MIT
#include "goroutines/names.hpp"

#include <cstddef>
#include <optional>

namespace kprofefe::goroutines {
namespace {

constexpr std::size_t k_max_bytes = 1000;
constexpr std::string_view k_others = "(other)";

}  // namespace

std::uint32_t Names::number_of(std::string_view text) {
  text = text.substr(0, k_max_bytes);
  const std::uint64_t hash = mix_hash(0, text);
  const auto is_it = [&](std::uint32_t number) {
    return texts_[number] == text;
  };
  if (const std::optional<std::uint32_t> known = index_.find(hash, is_it)) {
    return *known;
  }
  if (texts_.size() >= most_ && text != k_others) {
    return number_of(k_others);
  }
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text);
  index_.add(hash, number);
  return number;
}

}  // namespace kprofefe::goroutines
