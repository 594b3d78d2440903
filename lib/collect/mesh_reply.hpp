// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "http/message.hpp"

#include <optional>

namespace kprofefe::collect {

/// What the proxy of a service mesh, beside the pod or beside us, says in the
/// pod's place when it does not reach the program or does not let us: network,
/// with its words. Nothing for what may be the pod's own answer.
std::optional<Error> explain_mesh_reply(const http::Response& response);

}  // namespace kprofefe::collect
