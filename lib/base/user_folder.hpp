// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"

#include <string>

namespace kprofefe {

/// Where captures and history are kept: $XDG_STATE_HOME/kubectl-profefe, else
/// ~/.local/state/kubectl-profefe; empty where there is no home folder.
std::string state_folder(const Env& env);

/// Where settings are kept: the same in $XDG_CONFIG_HOME, else ~/.config.
std::string config_folder(const Env& env);

/// Makes sure that the folder is there, and for its owner alone. Errors: io.
Result<void> make_private_folder(const std::string& folder);

}  // namespace kprofefe
