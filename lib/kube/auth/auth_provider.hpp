// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "kube/auth/credentials.hpp"
#include "kube/config/context.hpp"

#include <memory>

namespace kprofefe::kube {

/// CredentialSource by the auth-provider of the chosen user, who must have one:
/// `oidc`. Errors: config; for gcp and azure, which kubectl has no more either,
/// with the plugin that took their place.
Result<std::shared_ptr<CredentialSource>> auth_provider_credentials(
    const ChosenContext& chosen, const Env& env);

}  // namespace kprofefe::kube
