// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::http {

/// What a server speaks that was asked in something else.
enum class Spoken : std::uint8_t { tls, plain_http, http2 };

/// What a server speaks, by the words of whoever noticed that it was asked in
/// something else: the server itself, libcurl with OpenSSL, or a Go program
/// between us. Nothing when the words are of something else.
std::optional<Spoken> spoken_by(std::string_view words);

/// The same of an error, by its detail or, where it passes on somebody's words,
/// by them.
std::optional<Spoken> spoken_by(const Error& error);

/// What to do about it for who wrote a URL of that scheme: `; the server speaks
/// TLS: write https:// in the URL`. Empty for nothing else than that scheme's
/// protocol.
std::string advise_scheme(std::optional<Spoken> spoken,
                          std::string_view scheme);

/// What `bytes` are that came where HTTP/1.1 begins an answer: a record of TLS,
/// a frame of HTTP/2, or their text; network. Empty: not known.
Error describe_no_http(std::string_view bytes);

}  // namespace kprofefe::http
