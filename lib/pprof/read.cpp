// SPDX-License-Identifier: MIT
#include "pprof/read.hpp"

#include "pprof/check.hpp"
#include "pprof/foreign.hpp"
#include "pprof/legacy/legacy.hpp"
#include "pprof/wire/body_reader.hpp"
#include "pprof/wire/problem.hpp"
#include "pprof/wire/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace kprofefe::pprof {
namespace {

void resolve_header(Resolving& state) {
  const RawProfile& raw = state.raw;
  Profile& profile = state.profile;
  profile.sample_types.reserve(raw.sample_types.size());
  for (const RawValueType& type : raw.sample_types) {
    profile.sample_types.push_back(
        {.type = state.string(type.type), .unit = state.string(type.unit)});
  }
  profile.default_sample_type = state.string(raw.default_sample_type);
  profile.period_type = {.type = state.string(raw.period_type.type),
                         .unit = state.string(raw.period_type.unit)};
  profile.period = raw.period;
  profile.time_nanos = raw.time_nanos;
  profile.duration_nanos = raw.duration_nanos;
  profile.drop_frames = state.string(raw.drop_frames);
  profile.keep_frames = state.string(raw.keep_frames);
  profile.doc_url = state.string(raw.doc_url);
  profile.comments.reserve(raw.comments.size());
  for (const std::uint64_t comment : raw.comments) {
    profile.comments.push_back(state.string(comment));
  }
}

Result<void> resolve_tables(Resolving& state, const ReadLimits& limits) {
  IdMap locations(state.raw.locations.count);
  TRY(resolve_symbols(state, locations));
  return resolve_samples(state, locations, limits);
}

Result<void> resolve(Resolving& state, const ReadLimits& limits) {
  resolve_header(state);
  Result<void> resolved;
  if (state.problem.empty()) {
    resolved = resolve_tables(state, limits);
  }
  // What the message says wrongly tells more than where it says so.
  return state.problem.empty() ? resolved
                               : fail(ErrorKind::malformed, state.problem);
}

Result<Profile> read_message(std::string_view message,
                             const ReadLimits& limits) {
  TRY_ASSIGN(RawProfile raw, read_raw(message, limits));
  Profile profile;
  profile.strings = std::move(raw.strings);
  Resolving state{.raw = raw, .profile = profile, .problem = {}};
  TRY(resolve(state, limits));
  return profile;
}

Result<Profile> read_proto(std::string_view body, std::uint64_t max_bytes,
                           const ReadLimits& limits) {
  if (body.starts_with(k_gzip_magic)) {
    TRY_ASSIGN(const std::string message, inflate_body(body, max_bytes));
    return read_message(message, limits);
  }
  if (body.size() > max_bytes) {
    return fail(ErrorKind::malformed,
                too_large(fmt::format("more than {} MiB", max_bytes >> 20)));
  }
  TRY(check_body(body, {.max_inflated_bytes = max_bytes,
                        .max_parsed_bytes = CheckLimits::k_unlimited}));
  return read_message(body, limits);
}

/// Whatever is in gzip data; nothing: it is damaged, or more than that.
std::optional<std::string> inflate(std::string_view body,
                                   std::uint64_t max_bytes) {
  BodyReader reader(body);
  std::string bytes;
  for (std::string_view piece = reader.next(); !piece.empty();
       piece = reader.next()) {
    if (piece.size() > max_bytes - bytes.size()) {
      return std::nullopt;
    }
    bytes += piece;
  }
  return reader.error().empty() ? std::optional(std::move(bytes))
                                : std::nullopt;
}

/// Nothing: it is of none of the legacy formats.
std::optional<Result<Profile>> read_legacy(std::string_view body,
                                           std::uint64_t max_bytes,
                                           const ReadLimits& limits) {
  if (body.starts_with(k_gzip_magic)) {
    const std::optional<std::string> bytes = inflate(body, max_bytes);
    return bytes ? legacy::read(*bytes, limits) : std::nullopt;
  }
  return body.size() <= max_bytes ? legacy::read(body, limits) : std::nullopt;
}

}  // namespace

Result<Profile> read_profile(std::string_view body, const ReadLimits& limits) {
  if (is_trace(body)) {
    return fail(ErrorKind::malformed,
                "not a profile but a Go runtime trace; open it with "
                "`go tool trace FILE`");
  }
  constexpr std::uint64_t k_most = std::uint64_t{2} << 30;
  const std::uint64_t max_bytes = std::min(limits.max_message_bytes, k_most);
  Result<Profile> profile = read_proto(body, max_bytes, limits);
  if (!profile) {
    // In pprof's order: a profile.proto message is looked for first.
    if (auto old = read_legacy(body, max_bytes, limits)) {
      return *std::move(old);
    }
  }
  return profile;
}

}  // namespace kprofefe::pprof
