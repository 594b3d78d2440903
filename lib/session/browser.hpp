// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"

#include <string>
#include <vector>

namespace kprofefe {

/// The programs that may show a page, in the order to try them: those of
/// $BROWSER (with `:` between them), else what the system has. Names or paths
/// of programs, never a shell's words.
std::vector<std::string> browsers(const Env& env);

/// Starts a browser with the file and does not wait for its end. Errors:
/// not_found, when none can be started or the one that was gives up at once.
Result<void> open_in_browser(const std::string& path, const Env& env);

}  // namespace kprofefe
