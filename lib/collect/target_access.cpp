// SPDX-License-Identifier: MIT
#include "collect/target_access.hpp"

#include "http/url.hpp"

#include <fmt/format.h>

#include <utility>

namespace kprofefe::collect {

http::Request request_to(const Target& target, const TargetAccess& access,
                         std::string_view path_and_query,
                         http::Request limits) {
  return request_to(target, target.ip, access, path_and_query,
                    std::move(limits));
}

http::Request request_to(const Target& target, std::string_view ip,
                         const TargetAccess& access,
                         std::string_view path_and_query,
                         http::Request limits) {
  limits.url =
      fmt::format("{}://{}{}", scheme_name(target.scheme),
                  http::authority(ip.empty() ? "localhost" : ip, target.port),
                  path_and_query);
  limits.headers = access.headers;
  limits.tls = access.tls;
  limits.proxy = "";
  return limits;
}

}  // namespace kprofefe::collect
