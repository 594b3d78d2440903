// SPDX-License-Identifier: MIT
#pragma once

#include "base/version.hpp"

#include <string>

namespace kprofefe::cmd {

/// How we name ourselves to every server.
inline std::string user_agent() {
  return "kubectl-profefe/" + std::string(k_version);
}

}  // namespace kprofefe::cmd
