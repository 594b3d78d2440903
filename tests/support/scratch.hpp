// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kprofefe::test {

/// A folder of its own for one test case, removed with everything in it at
/// the end of the scope.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  [[nodiscard]] const std::string& path() const { return path_; }

  /// The path of `name` inside the folder; nothing is created.
  [[nodiscard]] std::string operator/(std::string_view name) const;
  /// Writes a file (and its folders) and returns its path.
  [[nodiscard]] std::string write(std::string_view name,
                                  std::string_view content) const;

 private:
  std::string path_;
};

}  // namespace kprofefe::test
