// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/config/kubeconfig.hpp"

#include <string>

namespace kprofefe::kube {

/// Reads the text of one kubeconfig, YAML or JSON; an empty text is an empty
/// configuration. `path` names it in errors and is what relative paths in it
/// are relative to. Fields that kubectl does not know either are passed over.
/// Errors: config, with file and line.
Result<Kubeconfig> parse_kubeconfig(const std::string& text,
                                    const std::string& path);

}  // namespace kprofefe::kube
