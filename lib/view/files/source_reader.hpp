// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "view/go_sources.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kprofefe::view {

/// Lines of source files, each file read once. Files are found as pprof's
/// openSourceFile does it, or else where Go keeps them.
class SourceReader {
 public:
  /// Both as in Options; without a search path the current folder is it.
  SourceReader(std::vector<std::string> search_path,
               std::vector<std::string> trim_path, GoSources go_sources = {});

  /// The file's lines, the first one first, without their ends; of a file
  /// with a line of 64 KiB those before it. Errors: io, in Go's words.
  const Result<std::vector<std::string>>& lines_of(std::string_view file);

  /// Whether lines_of() was called for it.
  [[nodiscard]] bool has_read(const std::string& file) const {
    return files_.contains(file);
  }

 private:
  [[nodiscard]] Result<std::vector<std::string>> read(
      const std::string& file) const;

  std::vector<std::string> search_path_;
  std::vector<std::string> trim_path_;
  GoSources go_sources_;
  std::unordered_map<std::string, Result<std::vector<std::string>>> files_;
};

}  // namespace kprofefe::view
