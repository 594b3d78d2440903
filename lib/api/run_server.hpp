// SPDX-License-Identifier: MIT
#pragma once

#include "api/access_log.hpp"
#include "api/api.hpp"
#include "async/task.hpp"
#include "server/listener.hpp"
#include "session/session.hpp"
#include "store/store.hpp"

#include <cstddef>

namespace kprofefe::api {

struct ServerOptions {
  std::size_t max_body_bytes = std::size_t{64} << 20;
  LogFormat log_format = LogFormat::text;
  LogLine log;
};

/// Answers requests until the session is stopped, and those under way to their
/// end; meanwhile removes what the store no longer keeps. Always true. All
/// pointers must outlive the task.
async::Task<bool> run_server(const Session* session, store::Store* store,
                             Api* api, server::Listener listener,
                             ServerOptions options);

}  // namespace kprofefe::api
