// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "http/client.hpp"
#include "session/messages.hpp"

#include <stop_token>

namespace kprofefe {

/// What one command, or one request to a server, works with. A process may have
/// many at once. All that it points to outlives it.
struct Session {
  const Env* env = nullptr;
  http::Client* http = nullptr;
  Messages* messages = nullptr;
  /// Nothing new is begun, and what is fetched is given up.
  std::stop_token stop;
  /// Some time after that: what was fetched must be delivered by then, or not
  /// at all.
  std::stop_token delivery_stop;
};

}  // namespace kprofefe
