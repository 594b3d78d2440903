// SPDX-License-Identifier: MIT
#include "http/wrong_protocol.hpp"

#include "base/free_text.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace kprofefe::http {
namespace {

struct Phrase {
  std::string_view text;  ///< in lower case
  Spoken spoken;
};

constexpr std::array k_phrases = {
    // Of servers to plain HTTP: Go, nginx, Apache, Tomcat, IIS, others alike.
    Phrase{"http request to an https server", Spoken::tls},
    Phrase{"plain http request was sent to https", Spoken::tls},
    Phrase{"speaking plain http to an ssl", Spoken::tls},
    Phrase{"requires tls", Spoken::tls},
    Phrase{"requires ssl", Spoken::tls},
    Phrase{"requires https", Spoken::tls},
    Phrase{"https required", Spoken::tls},
    Phrase{"https is required", Spoken::tls},
    Phrase{"secured with secure sockets layer", Spoken::tls},
    // Of Go's client, with the first bytes of a record or a frame.
    Phrase{R"(malformed http response "\x15\x03)", Spoken::tls},
    Phrase{R"(malformed http response "\x16\x03)", Spoken::tls},
    Phrase{R"(malformed http response "\x00\x00)", Spoken::http2},
    Phrase{"server gave http response to https client", Spoken::plain_http},
    Phrase{"first record does not look like a tls handshake",
           Spoken::plain_http},
    // Of OpenSSL, that took a status line for a record.
    Phrase{"wrong version number", Spoken::plain_http},
    Phrase{"packet length too long", Spoken::plain_http},
};

/// A record of TLS: an alert or a handshake message, of SSL 3 or later.
bool is_tls(std::string_view bytes) {
  return bytes.starts_with("\x15\x03") || bytes.starts_with("\x16\x03");
}

/// HTTP/2's first frame (RFC 9113, 3.4): three bytes of length, the type
/// SETTINGS.
bool is_http2(std::string_view bytes) {
  constexpr std::size_t k_type = 3;
  constexpr char k_settings = 4;
  return bytes.size() > k_type && bytes.front() == 0 &&
         bytes[k_type] == k_settings;
}

}  // namespace

std::optional<Spoken> spoken_by(std::string_view words) {
  const auto* const found =
      std::ranges::find_if(k_phrases, [words](const Phrase& known) {
        return find_phrase(words, known.text) != std::string_view::npos;
      });
  return found == k_phrases.end() ? std::nullopt : std::optional(found->spoken);
}

std::optional<Spoken> spoken_by(const Error& error) {
  switch (error.detail) {
    case ErrorDetail::speaks_tls:
      return Spoken::tls;
    case ErrorDetail::speaks_plain_http:
      return Spoken::plain_http;
    case ErrorDetail::speaks_http2:
      return Spoken::http2;
    default:
      return spoken_by(error.message);
  }
}

std::string advise_scheme(std::optional<Spoken> spoken,
                          std::string_view scheme) {
  if (spoken == Spoken::tls && scheme == "http") {
    return "; the server speaks TLS: use https:// in the URL";
  }
  if (spoken == Spoken::plain_http && scheme == "https") {
    return "; the server speaks plain HTTP: use http:// in the URL";
  }
  if (spoken == Spoken::http2) {
    return "; the port speaks only HTTP/2, like gRPC";
  }
  return {};
}

Error describe_no_http(std::string_view bytes) {
  constexpr std::size_t k_enough_to_recognise = 60;
  if (bytes.empty()) {
    return {ErrorKind::network,
            "the response is not HTTP/1.1; does the port speak only HTTP/2, "
            "like gRPC?",
            ErrorDetail::not_http};
  }
  if (is_tls(bytes)) {
    return {ErrorKind::network, "the response is TLS, not HTTP",
            ErrorDetail::speaks_tls};
  }
  if (is_http2(bytes)) {
    return {ErrorKind::network, "the response is HTTP/2, not HTTP/1.1",
            ErrorDetail::speaks_http2};
  }
  return {ErrorKind::network,
          fmt::format("the response is not HTTP but {}",
                      quoted(bytes, k_enough_to_recognise))};
}

}  // namespace kprofefe::http
