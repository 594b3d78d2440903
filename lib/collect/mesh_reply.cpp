// SPDX-License-Identifier: MIT
#include "collect/mesh_reply.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace kprofefe::collect {
namespace {

/// Envoy's local replies, whatever mesh it works for. It puts its name into
/// the header Server of answers that it passes on, too.
bool is_from_envoy(const http::Response& response) {
  const std::string_view text = trim(response.body.bytes);
  if (response.status == 502 || response.status == 503) {
    return text.starts_with("upstream connect error or disconnect/reset") ||
           text == "no healthy upstream";
  }
  const auto server = http::find_header(response.headers, "Server");
  return response.status == 403 && text == "RBAC: access denied" && server &&
         server->ends_with("envoy");
}

/// Linkerd's proxy says why in a header of its own.
std::optional<std::string_view> linkerd_error(const http::Response& response) {
  return response.ok() ? std::nullopt
                       : http::find_header(response.headers, "l5d-proxy-error");
}

}  // namespace

std::optional<Error> explain_mesh_reply(const http::Response& response) {
  const auto linkerd = linkerd_error(response);
  if (!linkerd && !is_from_envoy(response)) {
    return std::nullopt;
  }
  return Error{ErrorKind::network,
               fmt::format("a service mesh returned {} instead of the pod: {}",
                           response.status,
                           one_line(linkerd.value_or(response.body.bytes)))};
}

}  // namespace kprofefe::collect
