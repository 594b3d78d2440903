// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::http {

/// An absolute http or https URL, taken apart.
struct Url {
  std::string scheme;       ///< `http` or `https`
  std::string host;         ///< IPv6 without brackets
  std::uint16_t port = 0;   ///< the scheme's default when the text has none
  std::string path;         ///< as written, without a trailing slash; may be ""
  std::string query;        ///< as written, without `?`
  bool names_port = false;  ///< the text has one, if only the default
};

/// Reads a URL of http or https. Errors: usage, also when it holds a user
/// name or password (which would end up in logs); the message repeats the
/// text without them.
Result<Url> parse_url(std::string_view text);

/// `scheme://host[:port]` without the scheme's default port, IPv6 bracketed.
std::string origin(const Url& url);

/// What Host says: with a port when the URL has one, as Go has it.
std::string host_header(const Url& url);

/// `host:port`, IPv6 bracketed.
std::string authority(std::string_view host, std::uint16_t port);

/// The whole text as a port, 1 to 65535; nothing when it is none.
std::optional<std::uint16_t> parse_port(std::string_view text);

/// True for an IPv4 or IPv6 address in text form, without brackets, zone or
/// port.
bool is_ip_address(std::string_view text);

/// Where `reference`, as in Location, leads from `base`. Errors: usage.
Result<std::string> resolve(std::string_view base, std::string_view reference);

/// Everything but letters, digits and `-._~` as %XX: fit for a query value or
/// a path segment (RFC 3986, unreserved).
std::string percent_encode(std::string_view text);

/// `text` with every %XX as the byte it stands for; other `%` stay.
std::string percent_decode(std::string_view text);

/// `a=b&c=d` with both sides encoded, in the order added; values that are
/// empty are left out.
class Query {
 public:
  Query& add(std::string_view key, std::string_view value);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// `url` without user and password, for messages.
std::string without_user(std::string_view url);

/// A URL as a log may have it: without a user and a password, and with `***`
/// for query parameters whose name speaks of a secret.
std::string loggable_url(std::string_view url);

}  // namespace kprofefe::http
