// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"

#include <string>

namespace kprofefe {

/// Where the program `name` is: itself when it holds a `/`, else by $PATH; the
/// current folder is never looked at. Errors: not_found, also for a file that
/// cannot be executed.
Result<std::string> find_program(const std::string& name, const Env& env);

}  // namespace kprofefe
