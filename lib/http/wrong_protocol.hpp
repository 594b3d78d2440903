// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::http {

/// The protocol of a server that got a request in another protocol.
enum class Spoken : std::uint8_t { tls, plain_http, http2 };

/// The server's protocol, from the message of whoever noticed the mismatch:
/// the server itself, libcurl with OpenSSL, or a Go program
/// in between. Nothing for other messages.
std::optional<Spoken> spoken_by(std::string_view words);

/// The same of an error, by its detail or, where it passes on somebody's words,
/// by them.
std::optional<Spoken> spoken_by(const Error& error);

/// What to do about it for who wrote a URL of that scheme: `; the server speaks
/// TLS: use https:// in the URL`. Empty if it speaks that scheme's
/// protocol.
std::string advise_scheme(std::optional<Spoken> spoken,
                          std::string_view scheme);

/// What `bytes` are, received in place of an HTTP/1.1 response: a TLS record,
/// a frame of HTTP/2, or their text; network. Empty: not known.
Error describe_no_http(std::string_view bytes);

}  // namespace kprofefe::http
