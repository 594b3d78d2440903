// SPDX-License-Identifier: MIT
#pragma once

#include "async/loop.hpp"
#include "async/task.hpp"
#include "base/debug_log.hpp"
#include "base/env.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "http/stream.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace kprofefe::http {

class Transfers;

/// Sends requests over one libcurl multi handle on an event loop: as many at
/// once as there are callers, connections kept and reused. Redirects are not
/// followed. Must outlive its tasks and be destroyed before the loop.
class Client {
 public:
  /// `user_agent` goes with every request. `env` says which proxies there are
  /// and where the system's certificates; it must outlive the client. Throws
  /// what only a lack of memory explains.
  Client(async::Loop& loop, std::string user_agent, const Env& env,
         DebugLog log = {});
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  /// The response, whatever its status. Errors: unreachable, untrusted,
  /// network, timeout, malformed (body too long or cut off), config (TLS
  /// material), cancelled; the message is the reason alone: the caller knows
  /// the URL and what for.
  async::Task<Result<Response>> send(Request request);

  /// The `id` of a new tunnel: an address of 240.0.0.0/4, which is nobody's
  /// (RFC 1112, 4), with a port.
  [[nodiscard]] std::string new_tunnel_id();

  /// A connection to where `request.url` points, by the request's proxy and TLS
  /// settings, never one that was used before; HTTP/1.1 is what is agreed on.
  /// `request.timeout` is for connecting alone. Errors: as send().
  async::Task<Result<Stream>> connect(Request request);

  // As given to the constructor.
  [[nodiscard]] const std::string& user_agent() const;
  [[nodiscard]] const DebugLog& log() const;

 private:
  std::shared_ptr<Transfers> transfers_;
  std::uint32_t tunnels_ = 0;  ///< whose ids were given out
};

/// `libcurl/8.14.1 OpenSSL/3.0.22 ...`, for `version`.
std::string library_version();

}  // namespace kprofefe::http
