// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "server/listener.hpp"
#include "server/message.hpp"
#include "server/serve_options.hpp"

#include <stop_token>

namespace kprofefe::server {

/// Answers requests over HTTP/1.1 and 1.0 until `stop` is requested; ends when
/// no connection and no handler is left. Malformed and oversized requests are
/// refused before they reach the handler.
async::Task<void> serve(Listener listener, Handler handler,
                        ServeOptions options, std::stop_token stop);

}  // namespace kprofefe::server
