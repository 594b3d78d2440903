// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/streams.hpp"

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kprofefe::cmd {

/// Where Graphviz's `dot` is. Errors: not_found, with what to do.
Result<std::string> find_graphviz(const Env& env);

/// The SVG picture that the program, which find_graphviz() found, makes of a
/// DOT text. Errors: io, malformed, cancelled.
Result<std::string> draw_with_graphviz(const Context& context,
                                       const std::string& program,
                                       std::string_view dot);

}  // namespace kprofefe::cmd
