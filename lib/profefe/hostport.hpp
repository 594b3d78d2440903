// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "http/message.hpp"
#include "http/url.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::profefe {

/// Where profefe listens when nobody says where it is.
inline constexpr std::string_view k_default_server = "http://localhost:10100";

/// A Service of the cluster, whose pods run profefe: `svc/NAME[.NS][:PORT]`.
struct ServerService {
  std::string name;
  std::string ns;    ///< empty: the namespace of the context
  std::string port;  ///< a number or a name; empty: its only one
};

/// What people say of where profefe is.
struct ServerAddress {
  http::Url url;                         ///< without meaning for a Service
  std::optional<ServerService> service;  ///< reached through a port-forward
  std::string authorization;  ///< of each request, a secret; empty: none
};

/// A server that can be asked.
struct Server {
  http::Url url;
  std::shared_ptr<const http::Tunnel> tunnel;  ///< null: connect as usual
  std::string authorization;                   ///< as in ServerAddress
};

/// Reads `--profefe-hostport`: a URL of http or https, with or without a path
/// before `/api`, or just `host:port`, which kube-profefe's name of the flag
/// invites and which means http; or a Service. Errors: usage.
Result<ServerAddress> parse_hostport(std::string_view text);

/// The address of k_default_server.
ServerAddress default_server();

}  // namespace kprofefe::profefe
