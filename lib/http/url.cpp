// SPDX-License-Identifier: MIT
#include "http/url.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "http/curl_url.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace kprofefe::http {
namespace {

std::string without_brackets(std::string host) {
  if (host.size() > 2 && host.front() == '[') {
    return host.substr(1, host.size() - 2);
  }
  return host;
}

std::string bracketed(std::string_view host) {
  return host.contains(':') ? fmt::format("[{}]", host) : std::string(host);
}

/// Whether a query parameter of that name holds what must not be shown.
bool is_secret(std::string_view name) {
  constexpr std::array<std::string_view, 7> k_parts = {
      "token",     "secret",     "password", "passwd",
      "signature", "credential", "key"};
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower == "sig" || std::ranges::any_of(k_parts, [&](auto part) {
           return lower.contains(part);
         });
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
  const CurlUrl parsed = new_curl_url();
  const CURLUcode code = set_url(parsed, text, CURLU_NON_SUPPORT_SCHEME);
  if (code != CURLUE_OK) {
    return fail(ErrorKind::usage, fmt::format("invalid URL \"{}\" ({}): use "
                                              "https://host:port",
                                              text.substr(text.rfind('@') + 1),
                                              curl_url_strerror(code)));
  }
  Url url{.scheme = url_part(parsed, CURLUPART_SCHEME),
          .host = without_brackets(url_part(parsed, CURLUPART_HOST)),
          .path = url_part(parsed, CURLUPART_PATH),
          .query = url_part(parsed, CURLUPART_QUERY),
          .names_port = !url_part(parsed, CURLUPART_PORT).empty()};
  // Of a scheme that has none 0, which is refused below.
  url.port = parse_number<std::uint16_t>(
                 url_part(parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT))
                 .value_or(0);
  while (url.path.ends_with('/')) {
    url.path.pop_back();
  }
  if (!url_part(parsed, CURLUPART_USER).empty() ||
      !url_part(parsed, CURLUPART_PASSWORD).empty()) {
    return fail(
        ErrorKind::usage,
        fmt::format("the URL of {} contains a user name or password: URLs "
                    "end up in logs; remove them",
                    origin(url)));
  }
  if (url.scheme != "http" && url.scheme != "https") {
    return fail(ErrorKind::usage, fmt::format("invalid URL \"{}\": use http "
                                              "or https instead of {}",
                                              text, url.scheme));
  }
  return url;
}

std::string authority(std::string_view host, std::uint16_t port) {
  return fmt::format("{}:{}", bracketed(host), port);
}

std::string origin(const Url& url) {
  const std::uint16_t usual = url.scheme == "https" ? 443 : 80;
  if (url.port != usual) {
    return url.scheme + "://" + authority(url.host, url.port);
  }
  return url.scheme + "://" + bracketed(url.host);
}

std::string host_header(const Url& url) {
  return url.names_port ? authority(url.host, url.port) : bracketed(url.host);
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  const auto port = parse_number<std::uint16_t>(text);
  return port != 0 ? port : std::nullopt;
}

bool is_ip_address(std::string_view text) {
  const std::string address(text);
  in6_addr bytes{};  // the larger of the two
  // A NUL inside would hide the rest of the text from inet_pton.
  return address.find('\0') == std::string::npos &&
         (inet_pton(AF_INET, address.c_str(), &bytes) == 1 ||
          inet_pton(AF_INET6, address.c_str(), &bytes) == 1);
}

Result<std::string> resolve(std::string_view base, std::string_view reference) {
  const CurlUrl parsed = new_curl_url();
  for (const std::string_view text : {base, reference}) {
    const CURLUcode code = set_url(parsed, text);
    if (code != CURLUE_OK) {
      return fail(ErrorKind::usage, curl_url_strerror(code));
    }
  }
  return url_part(parsed, CURLUPART_URL);
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

std::string percent_decode(std::string_view text) {
  constexpr int k_hexadecimal = 16;
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::uint8_t byte = 0;
    const char* digits = text.data() + at + 1;
    if (text[at] == '%' && at + 2 < text.size() &&
        std::from_chars(digits, digits + 2, byte, k_hexadecimal).ptr ==
            digits + 2) {
      decoded += static_cast<char>(byte);
      at += 2;
    } else {
      decoded += text[at];
    }
  }
  return decoded;
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

std::string without_user(std::string_view url) {
  const auto scheme = url.find("://");
  const auto begin = scheme == std::string_view::npos ? 0 : scheme + 3;
  const auto at = url.rfind('@');
  if (at == std::string_view::npos || at < begin) {
    return std::string(url);
  }
  return fmt::format("{}{}", url.substr(0, begin), url.substr(at + 1));
}

std::string loggable_url(std::string_view url) {
  std::string text = without_user(url);
  const auto question = text.find('?');
  if (question == std::string::npos) {
    return text;
  }
  std::string shown = text.substr(0, question + 1);
  std::string_view separator;
  for (const std::string_view parameter :
       split(std::string_view(text).substr(question + 1), '&')) {
    const auto equals = parameter.find('=');
    const bool hides = equals != std::string_view::npos &&
                       is_secret(parameter.substr(0, equals));
    shown += separator;
    shown += hides ? std::string(parameter.substr(0, equals + 1)) + "***"
                   : std::string(parameter);
    separator = "&";
  }
  return shown;
}

}  // namespace kprofefe::http
