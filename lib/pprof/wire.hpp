// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace kprofefe::pprof {

/// One field of a protobuf message, not yet understood.
struct Field {
  std::uint32_t number = 0;
  /// Length-delimited: `bytes` holds a message, a string or packed numbers.
  bool is_bytes = false;
  /// The value of a varint; 0 for the others.
  std::uint64_t value = 0;
  std::string_view bytes;
};

/// Looks at a field; false when its content is malformed. Must not throw.
using FieldVisitor = std::function<bool(const Field&)>;

/// Visits the fields of `message` in order. False when the message is
/// malformed or a visit said so. This and for_each_number are the only
/// functions that use protozero, and they let none of its exceptions out.
bool for_each_field(std::string_view message, const FieldVisitor& visit);

/// Visits every number of a repeated numeric field, packed or not. False when
/// packed numbers are malformed.
bool for_each_number(const Field& field,
                     const std::function<void(std::uint64_t)>& visit);

/// As for_each_field for a whole profile.proto message. Errors: malformed,
/// naming the kind of field, e.g. `broken profile: a malformed sample`.
Result<void> for_each_profile_field(std::string_view profile,
                                    const FieldVisitor& visit);

}  // namespace kprofefe::pprof
