// SPDX-License-Identifier: MIT
#include "http/url.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <charconv>
#include <memory>

namespace kprofefe::http {
namespace {

using UrlHandle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

/// One part of a parsed URL; empty when the URL has none.
std::string part(CURLU* handle, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(handle, which, &text, flags) != CURLUE_OK) {
    return {};
  }
  std::string copy(text);
  curl_free(text);
  return copy;
}

std::string without_brackets(std::string host) {
  if (host.size() > 2 && host.front() == '[') {
    return host.substr(1, host.size() - 2);
  }
  return host;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
  const UrlHandle handle(curl_url(), curl_url_cleanup);
  const std::string copy(text);
  const CURLUcode code = curl_url_set(handle.get(), CURLUPART_URL, copy.c_str(),
                                      CURLU_NON_SUPPORT_SCHEME);
  if (code != CURLUE_OK) {
    return fail(
        ErrorKind::usage,
        fmt::format("\"{}\" is no URL ({}); write it like "
                    "http://host:10100",
                    text.substr(text.rfind('@') + 1), curl_url_strerror(code)));
  }
  Url url{.scheme = part(handle.get(), CURLUPART_SCHEME),
          .host = without_brackets(part(handle.get(), CURLUPART_HOST)),
          .path = part(handle.get(), CURLUPART_PATH),
          .query = part(handle.get(), CURLUPART_QUERY)};
  const std::string port =
      part(handle.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), url.port);
  while (url.path.ends_with('/')) {
    url.path.pop_back();
  }
  if (!part(handle.get(), CURLUPART_USER).empty() ||
      !part(handle.get(), CURLUPART_PASSWORD).empty()) {
    return fail(ErrorKind::usage,
                fmt::format("the URL of {} holds a user name or password; URLs "
                            "end up in logs, so leave them out",
                            origin(url)));
  }
  if (url.scheme != "http" && url.scheme != "https") {
    return fail(ErrorKind::usage, fmt::format("\"{}\": the scheme must be http "
                                              "or https, not {}",
                                              text, url.scheme));
  }
  return url;
}

std::string authority(std::string_view host, std::uint16_t port) {
  return host.find(':') == std::string_view::npos
             ? fmt::format("{}:{}", host, port)
             : fmt::format("[{}]:{}", host, port);
}

std::string origin(const Url& url) {
  const std::uint16_t usual = url.scheme == "https" ? 443 : 80;
  if (url.port != usual) {
    return url.scheme + "://" + authority(url.host, url.port);
  }
  const bool ipv6 = url.host.find(':') != std::string::npos;
  return fmt::format(fmt::runtime(ipv6 ? "{}://[{}]" : "{}://{}"), url.scheme,
                     url.host);
}

std::string percent_encode(std::string_view text) {
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
    } else {
      fmt::format_to(std::back_inserter(encoded), "%{:02X}",
                     static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

Query& Query::add(std::string_view key, std::string_view value) {
  if (!value.empty()) {
    if (!text_.empty()) {
      text_ += '&';
    }
    text_ += percent_encode(key) + "=" + percent_encode(value);
  }
  return *this;
}

}  // namespace kprofefe::http
