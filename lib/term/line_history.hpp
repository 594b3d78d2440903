// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::term {

/// Lines that a file keeps from one run to the next, for its owner alone.
class LineHistory {
 public:
  static constexpr std::size_t k_kept = 1000;

  /// `folder` is made with the first line; empty: nothing is kept.
  explicit LineHistory(std::string folder);

  /// The newest lines, the oldest first; none when there is no such file. A
  /// file that has become too long is cut. Errors: io.
  [[nodiscard]] Result<std::vector<std::string>> load() const;

  /// Adds a line at the end, beside those that other processes add. Errors: io.
  [[nodiscard]] Result<void> add(std::string_view line) const;

 private:
  void cut(const std::vector<std::string>& lines) const;

  std::string folder_;
  std::string path_;
};

}  // namespace kprofefe::term
