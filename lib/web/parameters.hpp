// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "view/options.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::web {

/// A parameter of an address, decoded.
using Parameter = std::pair<std::string, std::string>;

/// What an address of the page asks for. Its parameters have the names that
/// the page of `go tool pprof -http` gives them (internal/driver/config.go),
/// so that habits and links carry over.
struct ViewQuery {
  view::Options options;
  std::string profile;  ///< id in the history; empty: the newest
  std::string base;     ///< id of what it is compared with; may be empty
  std::string regex;    ///< `p`: of peek, source, still pictures
  bool normalize = false;
};

/// Reads parameters over `defaults`. Those that belong to the page alone are
/// left out. Errors: usage.
Result<ViewQuery> parse_query(std::span<const Parameter> parameters,
                              const view::Options& defaults);

/// What those parameters set, for a query: without the profiles, and without
/// the name under which settings are kept.
std::string settings_text(std::span<const Parameter> parameters);

/// The same with profiles, whose ids say what is meant whatever comes later.
std::string settings_text(std::span<const Parameter> parameters,
                          std::string_view profile, std::string_view base);

/// The value of the first parameter of that name; empty when there is none.
std::string find(std::span<const Parameter> parameters, std::string_view name);

}  // namespace kprofefe::web
