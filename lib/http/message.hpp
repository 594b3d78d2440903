// SPDX-License-Identifier: MIT
#pragma once

#include "async/byte_budget.hpp"
#include "base/byte_buffer.hpp"
#include "base/fd.hpp"
#include "base/result.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::http {

/// Header lines in the order they came or go.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// The first header of that name, without regard to case.
std::optional<std::string_view> find_header(const Headers& headers,
                                            std::string_view name);

/// How to verify a server and which credentials to send. PEM texts, never
/// paths: who reads a file reads it once and can name it in an error.
struct Tls {
  std::string ca_pem;           ///< empty: the system's certificates
  std::string client_cert_pem;  ///< empty: no client certificate
  std::string client_key_pem;
  std::string server_name;  ///< SNI and the name to verify; empty: the host's
  bool insecure = false;    ///< do not verify the server at all
};

/// A way to the host that is not a connection of ours: it carries the bytes of
/// a socket pair of which libcurl has the other end.
struct Tunnel {
  /// An address and a port that no other tunnel has and nobody listens on, as
  /// in `240.0.0.1:1`: requests share a connection only when this is equal.
  std::string id;
  /// Takes the tunnel's end of a new pair; false: it carries no (other) one.
  /// Not called for a request that goes over a connection which is still open.
  std::function<bool(Fd)> attach;
  /// Why a connection through it failed, which explains more than that it did;
  /// may be empty.
  std::function<std::optional<Error>()> failure;
};

/// How long a request may take, how much may come of its answer, and when to
/// stop.
struct Limits {
  std::chrono::milliseconds connect_timeout{5000};
  /// From start to the last byte. Time that the transfer had to wait for the
  /// byte budget does not count.
  std::chrono::milliseconds timeout{30000};
  /// A longer body, decoded, is an error (malformed), and the transfer ends
  /// there. Of an answer that is no success the rest is left out instead.
  std::size_t max_body_bytes = std::size_t{64} << 20;
  /// Looks at the first bytes of a successful body, decoded, while the rest is
  /// still to come; what it finds wrong ends the transfer. May be empty.
  std::function<Result<void>(std::string_view)> inspect;
  /// Bytes of the body count against it, while received and while held.
  async::ByteBudget* budget = nullptr;
  /// How long the transfer may wait for the budget, in all.
  std::chrono::milliseconds max_wait_for_budget{60000};
  /// Bytes per second: a transfer beyond its own share of the budget that is
  /// slower than this and keeps others waiting is aborted.
  std::size_t min_rate = std::size_t{64} << 10;
  /// On request the transfer ends at once (cancelled) and its connection is
  /// closed, which makes a Go program end its CPU profile.
  std::stop_token stop;
  /// Nothing else will be asked of this host: close the connection after.
  bool last_on_connection = false;
};

struct Request {
  std::string method = "GET";
  std::string url;
  Headers headers;
  /// Sent with POST. The bytes must live until send() has ended.
  std::string_view body;

  Limits limits;

  std::shared_ptr<const Tls> tls;  ///< null: the system's certificates
  /// As parse_proxy_url() makes it; empty: directly, whatever the environment
  /// says; nothing: as the environment says.
  std::optional<std::string> proxy = "";
  std::shared_ptr<const Tunnel> tunnel;  ///< null: connect as usual
  /// On a connection of its own. On a used one that turns out to be closed
  /// libcurl sends a request again by itself.
  bool fresh_connection = false;
};

/// Received bytes together with their share of the byte budget.
struct Body {
  ByteBuffer bytes;
  async::ByteBudget::Lease lease;
};

struct Response {
  int status = 0;
  Headers headers;
  Body body;  ///< without its content coding
  /// The transfer itself proved the body complete: by one Content-Length, by
  /// chunks or by HTTP/2. False: it ended where the connection ended.
  bool proven_complete = false;
  /// How long it had to wait for the byte budget.
  std::chrono::milliseconds waited{};

  [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }

  /// Content-Type without parameters, lower case; empty when there is none.
  [[nodiscard]] std::string content_type() const;
};

}  // namespace kprofefe::http
