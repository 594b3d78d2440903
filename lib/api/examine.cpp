// SPDX-License-Identifier: MIT
#include "api/examine.hpp"

#include "pprof/read.hpp"
#include "pprof/totals.hpp"
#include "pprof/write.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

namespace kprofefe::api {
namespace {

std::unexpected<Error> malformed(std::string_view why) {
  return fail(
      ErrorKind::malformed,
      fmt::format("malformed profile (could not parse pprof profile: {})",
                  why));
}

std::optional<SystemTime> time_of(std::int64_t nanoseconds) {
  return nanoseconds == 0
             ? std::nullopt
             : std::optional(SystemTime(std::chrono::nanoseconds(nanoseconds)));
}

Examined to_examined(const pprof::Totals& totals) {
  Examined examined{.taken_at = time_of(totals.time_nanos)};
  examined.totals.reserve(totals.sums.size());
  for (std::size_t i = 0; i < totals.sums.size(); ++i) {
    examined.totals.push_back({.type = totals.sample_types[i].type,
                               .unit = totals.sample_types[i].unit,
                               .value = totals.sums[i]});
  }
  return examined;
}

/// Not in the checker's reach: a format of its own, brought to profile.proto.
Result<Examined> examine_other(std::string_view body, const Error& complaint) {
  const Result<pprof::Profile> profile = pprof::read_profile(body);
  if (!profile) {
    return malformed(complaint.message);
  }
  TRY_ASSIGN(const pprof::Totals totals,
             pprof::read_totals(pprof::encode_profile(*profile)));
  if (totals.samples == 0) {
    return malformed("profile is empty: no samples");
  }
  return to_examined(totals);
}

}  // namespace

Result<Examined> examine(std::string_view body,
                         const pprof::CheckLimits& limits) {
  if (body.empty()) {
    return malformed("empty input file");
  }
  pprof::BodyChecker checker(limits);
  const Result<pprof::Content> content = checker.check(body);
  if (!content && checker.excess() == pprof::Excess::none) {
    return examine_other(body, content.error());
  }
  if (!content) {
    return malformed(content.error().message);
  }
  if (*content != pprof::Content::samples) {
    return malformed(*content == pprof::Content::trace
                         ? "a Go runtime trace is stored as type trace"
                         : "profile is empty: no samples");
  }
  TRY_ASSIGN(const std::string message,
             pprof::inflate_body(body, limits.max_inflated_bytes));
  const Result<pprof::Totals> totals = pprof::read_totals(message);
  return totals ? to_examined(*totals)
                : Result<Examined>(malformed(totals.error().message));
}

}  // namespace kprofefe::api
