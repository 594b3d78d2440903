// SPDX-License-Identifier: MIT
#include "collect/fetch_advice.hpp"

#include "base/duration.hpp"
#include "http/wrong_protocol.hpp"

#include <fmt/format.h>

namespace kprofefe::collect {

std::string advise_on_cut(const RouteError& cut, const Fetch& fetch) {
  if (!pprof::samples_over_time(fetch.kind)) {
    return {};
  }
  if (cut.waited >= fetch.sampling) {
    return cut.is_explained
               ? std::string()
               : "; if the program's HTTP server has a WriteTimeout, use a "
                 "smaller --seconds";
  }
  const auto fitting =
      std::chrono::round<std::chrono::seconds>(cut.waited) * 4 / 5;
  if (fitting.count() == 0) {
    return {};
  }
  return fmt::format("; cut off {} into a {} profile: use --seconds {}",
                     format_duration(cut.waited),
                     format_duration(fetch.sampling), fitting.count());
}

std::string advise_annotation(const Target& target, const Error& error) {
  const std::optional<http::Spoken> spoken = http::spoken_by(error);
  const bool asks_plainly = target.scheme == Scheme::http;
  if (spoken == http::Spoken::tls && asks_plainly) {
    return "; the port speaks TLS: set the annotation profefe.com/scheme: "
           "https";
  }
  if (spoken == http::Spoken::plain_http && !asks_plainly) {
    return "; the port speaks plain HTTP: set the annotation "
           "profefe.com/scheme: http";
  }
  if (spoken == http::Spoken::http2) {
    return "; the port speaks only HTTP/2, like gRPC: set "
           "profefe.com/port to the port of pprof";
  }
  const bool may_be_tls = error.detail == ErrorDetail::closed_unanswered ||
                          error.detail == ErrorDetail::reset ||
                          error.detail == ErrorDetail::not_http;
  if (asks_plainly && may_be_tls) {
    return "; if the port speaks TLS, set the annotation profefe.com/scheme: "
           "https";
  }
  return {};
}

}  // namespace kprofefe::collect
