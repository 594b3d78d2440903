// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "collect/target.hpp"
#include "http/message.hpp"

#include <memory>
#include <string_view>

namespace kprofefe::collect {

/// How pods' certificates are verified and which credentials pods get; the
/// same for all of a run. Never the credentials of the API server.
struct TargetAccess {
  std::shared_ptr<const http::Tls> tls;  ///< null: the system's certificates
  http::Headers headers;                 ///< Authorization among them
  /// Authorization may be sent to a pod over plain HTTP.
  bool sends_token_in_clear = false;
  /// Addresses in a pod's status that cannot be a pod's are refused.
  bool refuses_local_ips = false;
};

/// Why the target must not be asked straight at its address `ip`; nothing when
/// it may be: the address is that of something else (see
/// why_no_pod_address()), or the token would be sent over plain HTTP. Errors:
/// config.
Result<void> check_direct_access(const Target& target, std::string_view ip,
                                 const TargetAccess& access);

/// `limits` made into a GET of `path_and_query` from the target's own server,
/// without any proxy. The host is the pod's address also where the bytes go
/// another way, so that a certificate is verified alike on every route.
http::Request request_to(const Target& target, const TargetAccess& access,
                         std::string_view path_and_query, http::Limits limits);

/// The same at the address `ip`, where it is one of several.
http::Request request_to(const Target& target, std::string_view ip,
                         const TargetAccess& access,
                         std::string_view path_and_query, http::Limits limits);

}  // namespace kprofefe::collect
