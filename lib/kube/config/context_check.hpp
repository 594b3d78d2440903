// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/config/context.hpp"

namespace kprofefe::kube {

/// Whether the chosen entries make sense together, before anything in them is
/// used (client-go's clientcmd/validation.go). Errors: config; all that is
/// wrong, with the entry's name and close to kubectl's words.
Result<void> check_context(const ChosenContext& chosen);

}  // namespace kprofefe::kube
