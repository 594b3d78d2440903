// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"
#include "pprof/regex.hpp"
#include "view/prepare.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::view {

/// Callers or callees of a function.
struct TreeCall {
  std::string name;
  std::int64_t value = 0;
  bool is_inlined = false;
};

struct TreeNode {
  std::string name;
  std::int64_t flat = 0;
  std::int64_t cum = 0;
  std::vector<TreeCall> callers;
  std::vector<TreeCall> callees;
};

/// What is hot, with who calls it and whom it calls.
struct TreeReport {
  std::vector<std::string> header;  ///< lines
  std::string sample_type;
  ValueFormat format;
  std::int64_t total = 0;  ///< 100 %
  std::vector<TreeNode> nodes;
  bool has_nodes = false;  ///< whether there were any before peek() chose
};

TreeReport tree(const Prepared& prepared);

/// Only the nodes whose names match. Errors: not_found when none does, in
/// pprof's words.
Result<TreeReport> peek(const Prepared& prepared, const pprof::Regex& names);

/// What `go tool pprof -tree` and `-peek` print.
std::string render_text(const TreeReport& report);

/// The same piece by piece, for of many functions it is very long; false when
/// the sink took no more.
bool write_text(const TreeReport& report, const Sink& sink);

}  // namespace kprofefe::view
