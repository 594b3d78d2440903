// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/read_limits.hpp"
#include "pprof/string_table.hpp"
#include "pprof/wire/problem.hpp"
#include "pprof/wire/profile_fields.hpp"
#include "pprof/wire/value_type.hpp"
#include "pprof/wire/wire.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {

/// All fields of one kind stand in these bytes of the message, maybe with
/// others between them.
struct Section {
  std::uint32_t field = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t count = 0;
};

/// A profile.proto message whose large parts are found and not yet read.
struct RawProfile {
  std::string_view message;
  StringTable strings;
  /// The numbers in `strings` of the message's own, in its order.
  std::vector<StringId> string_ids;

  std::vector<RawValueType> sample_types;
  RawValueType period_type;
  std::int64_t period = 0;
  std::int64_t time_nanos = 0;
  std::int64_t duration_nanos = 0;
  std::uint64_t default_sample_type = 0;
  std::uint64_t drop_frames = 0;
  std::uint64_t keep_frames = 0;
  std::uint64_t doc_url = 0;
  std::vector<std::uint64_t> comments;

  Section samples{.field = proto::Profile::sample};
  Section mappings{.field = proto::Profile::mapping};
  Section locations{.field = proto::Profile::location};
  Section functions{.field = proto::Profile::function};
};

/// Finds the parts of a message. `message` must outlive the result. Errors:
/// malformed, also when there is more of something than the limits allow.
Result<RawProfile> read_raw(std::string_view message, const ReadLimits& limits);

/// Visits the messages of a section: `bool visit(std::string_view)` says
/// whether one is well-formed. Errors: malformed.
template <typename Visit>
Result<void> for_each_message(const RawProfile& raw, const Section& section,
                              Visit&& visit) {
  std::size_t at = 0;
  const std::string_view bytes =
      raw.message.substr(section.begin, section.end - section.begin);
  const auto take = [&](const Field& field) {
    return field.number != section.field || visit(field.bytes);
  };
  if (!for_each_field(bytes, take, &at)) {
    return fail(
        ErrorKind::malformed,
        malformed("invalid " + std::string(profile_field_name(section.field)) +
                  " at byte " + std::to_string(section.begin + at)));
  }
  return {};
}

}  // namespace kprofefe::pprof
