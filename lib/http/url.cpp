// SPDX-License-Identifier: MIT
#include "http/url.hpp"

#include "http/curl_url.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>

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

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
  const CurlUrl parsed = new_curl_url();
  const CURLUcode code = set_url(parsed, text, CURLU_NON_SUPPORT_SCHEME);
  if (code != CURLUE_OK) {
    return fail(
        ErrorKind::usage,
        fmt::format("\"{}\" is no URL ({}); write it like "
                    "https://host:port",
                    text.substr(text.rfind('@') + 1), curl_url_strerror(code)));
  }
  Url url{.scheme = url_part(parsed, CURLUPART_SCHEME),
          .host = without_brackets(url_part(parsed, CURLUPART_HOST)),
          .path = url_part(parsed, CURLUPART_PATH),
          .query = url_part(parsed, CURLUPART_QUERY),
          .names_port = !url_part(parsed, CURLUPART_PORT).empty()};
  const std::string port = url_part(parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), url.port);
  while (url.path.ends_with('/')) {
    url.path.pop_back();
  }
  if (!url_part(parsed, CURLUPART_USER).empty() ||
      !url_part(parsed, CURLUPART_PASSWORD).empty()) {
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
  std::uint16_t port = 0;
  const auto [rest, error] =
      std::from_chars(text.data(), text.data() + text.size(), port);
  const bool is_whole = rest == text.data() + text.size();
  return error == std::errc() && is_whole && port != 0 ? std::optional(port)
                                                       : std::nullopt;
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

}  // namespace kprofefe::http
