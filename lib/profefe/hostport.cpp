// SPDX-License-Identifier: MIT
#include "profefe/hostport.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <array>

namespace kprofefe::profefe {
namespace {

/// What is behind `svc/`; nothing: no Service is meant.
std::optional<std::string_view> text_of_service(std::string_view text) {
  constexpr std::array<std::string_view, 3> k_prefixes = {"svc/", "service/",
                                                          "services/"};
  for (const std::string_view prefix : k_prefixes) {
    if (text.starts_with(prefix)) {
      return text.substr(prefix.size());
    }
  }
  return std::nullopt;
}

Result<ServerAddress> parse_service(std::string_view text) {
  ServerService service;
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  const std::size_t dot = name.find('.');
  service.name = name.substr(0, dot);
  if (dot != std::string_view::npos) {
    service.ns = name.substr(dot + 1);
  }
  if (colon != std::string_view::npos) {
    service.port = text.substr(colon + 1);
  }
  constexpr std::string_view k_allowed =
      "abcdefghijklmnopqrstuvwxyz0123456789-.:";
  const bool lacks = service.name.empty() ||
                     (dot != std::string_view::npos && service.ns.empty()) ||
                     (colon != std::string_view::npos && service.port.empty());
  const bool has_more = service.ns.find('.') != std::string::npos ||
                        service.port.find(':') != std::string::npos;
  if (lacks || has_more ||
      text.find_first_not_of(k_allowed) != std::string_view::npos) {
    return fail(ErrorKind::usage, fmt::format("invalid service \"svc/{}\": use "
                                              "svc/NAME[.NAMESPACE][:PORT]",
                                              one_line(text)));
  }
  return ServerAddress{.url = {}, .service = std::move(service)};
}

}  // namespace

Result<ServerAddress> parse_hostport(std::string_view text) {
  text = trim(text);
  if (const auto service = text_of_service(text)) {
    return parse_service(*service);
  }
  std::string url(text);
  if (text.find("://") == std::string_view::npos) {
    url = "http://" + url;
  }
  TRY_ASSIGN(http::Url hostport, http::parse_url(url));
  if (!hostport.query.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("invalid profefe URL {}{}: must not have a "
                            "query",
                            http::origin(hostport), hostport.path));
  }
  return ServerAddress{.url = std::move(hostport), .service = std::nullopt};
}

ServerAddress default_server() {
  return parse_hostport(k_default_server).value();
}

}  // namespace kprofefe::profefe
