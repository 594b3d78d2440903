// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/streams.hpp"

#include <string>
#include <vector>

namespace kprofefe::cmd {

/// The whole program behind main: reads the arguments (the first is the name
/// it was called by), runs the command, prints its errors.
ExitCode run(std::vector<std::string> arguments, const Context& context);

}  // namespace kprofefe::cmd
