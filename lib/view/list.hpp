// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/regex.hpp"
#include "view/prepare.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::view {

struct SourceLine {
  std::int64_t number = 0;
  std::string text;
  std::int64_t flat = 0;
  std::int64_t cum = 0;
};

/// A function in one of the files that it is in.
struct Routine {
  std::string name;
  std::string file;  ///< empty: the profile does not know it
  std::int64_t flat = 0;
  std::int64_t cum = 0;
  std::vector<SourceLine> lines;
  std::string error;  ///< why there are no lines; else empty
};

/// Source code with what its lines cost.
struct ListReport {
  ValueFormat format;
  std::int64_t total = 0;  ///< 100 %
  std::vector<Routine> routines;
};

/// The functions whose names match. Files are looked for as pprof does it:
/// options.trim_path is cut off (or, without it, everything up to the name of
/// a folder of source_path); a relative name is looked for in the folders of
/// source_path and all folders above them. Errors: not_found when no function
/// matches. A file that cannot be read is an error of its routine.
Result<ListReport> list(const Prepared& prepared, const pprof::Regex& names);

/// What `go tool pprof -list` prints.
std::string render_text(const ListReport& report);

}  // namespace kprofefe::view
