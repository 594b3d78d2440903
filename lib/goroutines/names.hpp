// SPDX-License-Identifier: MIT
#pragma once

#include "base/hash_index.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::goroutines {

/// Texts that come again and again, each kept once. Who says too many different
/// ones has the rest under one name.
class Names {
 public:
  explicit Names(std::size_t most) : most_(most) {}

  /// The number of a text, by which at() knows it.
  std::uint32_t number_of(std::string_view text);

  [[nodiscard]] const std::string& at(std::uint32_t number) const {
    return texts_[number];
  }

 private:
  std::size_t most_;
  HashIndex index_;
  std::vector<std::string> texts_;
};

}  // namespace kprofefe::goroutines
