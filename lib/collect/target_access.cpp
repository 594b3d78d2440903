// SPDX-License-Identifier: MIT
#include "collect/target_access.hpp"

#include "http/url.hpp"

#include <fmt/format.h>

namespace kprofefe::collect {

http::Request request_to(const Target& target, const TargetAccess& access,
                         std::string_view path_and_query,
                         http::Request limits) {
  const std::string host = target.ip.empty() ? "localhost" : target.ip;
  limits.url = fmt::format("{}://{}{}", scheme_name(target.scheme),
                           http::authority(host, target.port), path_and_query);
  limits.headers = access.headers;
  limits.tls = access.tls;
  limits.proxy = "";
  return limits;
}

}  // namespace kprofefe::collect
