// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"
#include "support/profile_maker.hpp"
#include "view/prepare.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::view {

/// The profile, or the server's, ready for a report.
inline Prepared prepared_for(ReportKind kind, const Options& options = {},
                             pprof::Profile profile = server_profile()) {
  auto prepared = prepare(std::move(profile), kind, options);
  REQUIRE_MESSAGE(prepared, prepared.error().message);
  return std::move(*prepared);
}

/// All that `write` hands to its sink.
inline std::string text_of(bool (*write)(const Prepared&, const Sink&),
                           const Prepared& prepared) {
  std::string text;
  CHECK(write(prepared, [&](std::string_view piece) {
    text += piece;
    return true;
  }));
  return text;
}

/// For reports that say when a profile was taken.
inline void use_zone(const char* zone) {
  ::setenv("TZ", zone, 1);
  ::tzset();
}

/// What `go tool pprof` says of the server's profile.
inline const std::string k_server_header =
    "File: server\n"
    "Build ID: abc123\n"
    "Type: cpu\n"
    "Time: 2025-11-24 16:00:00 UTC\n"
    "Duration: 2.01s, Total samples = 991ms (49.25%)\n";

}  // namespace kprofefe::view
