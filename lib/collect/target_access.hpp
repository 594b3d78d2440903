// SPDX-License-Identifier: MIT
#pragma once

#include "collect/target.hpp"
#include "http/message.hpp"

#include <memory>
#include <string_view>

namespace kprofefe::collect {

/// How pods behind TLS are verified and what pods behind a login are shown; the
/// same for all of a run. Never the credentials of the API server.
struct TargetAccess {
  std::shared_ptr<const http::Tls> tls;  ///< null: the system's certificates
  http::Headers headers;                 ///< Authorization among them
};

/// `limits` made into a GET of `path_and_query` from the target's own server,
/// without any proxy. The host is the pod's address also where the bytes go
/// another way, so that a certificate is verified alike on every route.
http::Request request_to(const Target& target, const TargetAccess& access,
                         std::string_view path_and_query, http::Request limits);

/// The same at the address `ip`, where it is one of several.
http::Request request_to(const Target& target, std::string_view ip,
                         const TargetAccess& access,
                         std::string_view path_and_query, http::Request limits);

}  // namespace kprofefe::collect
