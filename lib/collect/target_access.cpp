// SPDX-License-Identifier: MIT
#include "collect/target_access.hpp"

#include "collect/pod_address.hpp"
#include "http/url.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace kprofefe::collect {

Result<void> check_direct_access(const Target& target, std::string_view ip,
                                 const TargetAccess& access) {
  const auto why =
      access.refuses_local_ips ? why_no_pod_address(ip) : std::nullopt;
  if (why) {
    return fail(ErrorKind::config,
                fmt::format("refusing to connect to pod IP {}: it is {}; use "
                            "--allow-local-pod-ips if the pod really has it",
                            ip, *why));
  }
  if (target.scheme == Scheme::http && !access.sends_token_in_clear &&
      http::find_header(access.headers, "Authorization")) {
    return fail(
        ErrorKind::config,
        "refusing to send the token over plain HTTP; annotate the pod with "
        "profefe.com/scheme: https or use --target-token-insecure");
  }
  return {};
}

http::Request request_to(const Target& target, const TargetAccess& access,
                         std::string_view path_and_query, http::Limits limits) {
  return request_to(target, target.ip, access, path_and_query,
                    std::move(limits));
}

http::Request request_to(const Target& target, std::string_view ip,
                         const TargetAccess& access,
                         std::string_view path_and_query, http::Limits limits) {
  http::Request request{.limits = std::move(limits)};
  request.url =
      fmt::format("{}://{}{}", scheme_name(target.scheme),
                  http::authority(ip.empty() ? "localhost" : ip, target.port),
                  path_and_query);
  request.headers = access.headers;
  request.tls = access.tls;
  request.proxy = "";
  return request;
}

}  // namespace kprofefe::collect
