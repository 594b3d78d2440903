// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "http/message.hpp"

#include <optional>

namespace kprofefe::collect {

/// The error that a service mesh's proxy, on the pod's side or ours, returns in
/// the pod's place if it cannot reach the program or denies access: network,
/// with its words. Nothing for what may be the pod's own answer.
std::optional<Error> explain_mesh_reply(const http::Response& response);

}  // namespace kprofefe::collect
