// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "http/message.hpp"
#include "kube/config/kubeconfig.hpp"

namespace kprofefe::kube {

/// The headers that ask the API server to take us for somebody else; none
/// without a user. Errors: config, when a value cannot stand in a header.
Result<http::Headers> impersonation_headers(const Impersonation& as);

}  // namespace kprofefe::kube
