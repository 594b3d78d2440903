// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "store/stored_profile.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::store {

/// What a segment says of a profile beside its bytes: all that an index needs.
struct Metadata {
  std::uint64_t digest = 0;
  Series series;
  SystemTime created_at;
  std::vector<Total> totals;
  /// How the body is kept: 0 as it came, and no other yet.
  std::uint32_t encoding = 0;

  bool operator==(const Metadata&) const = default;
};

/// As a protobuf message:
///
///   message Metadata {
///     fixed64 digest = 1;
///     sfixed64 created_at = 2;  // nanoseconds since 1970
///     string service = 3;
///     string type = 4;
///     message Label { string key = 1; string value = 2; }
///     repeated Label labels = 5;
///     message Total { string type = 1; string unit = 2; sint64 value = 3; }
///     repeated Total totals = 6;
///     uint32 encoding = 7;
///   }
std::string encode_metadata(const Metadata& metadata);

/// Fields that it does not know are passed over. Errors: malformed.
Result<Metadata> decode_metadata(std::string_view bytes);

/// Labels alone, as the field `labels` of such a message.
std::string encode_labels(const std::vector<Label>& labels);

/// Errors: malformed.
Result<std::vector<Label>> decode_labels(std::string_view bytes);

}  // namespace kprofefe::store
