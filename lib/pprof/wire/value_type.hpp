// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/wire/profile_fields.hpp"
#include "pprof/wire/wire.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace kprofefe::pprof {

/// A ValueType message: both are indices into the profile's string table.
struct RawValueType {
  std::uint64_t type = 0;
  std::uint64_t unit = 0;
};

/// False when it is malformed.
inline bool read_value_type(std::string_view message, RawValueType& type) {
  std::array<std::uint64_t, proto::ValueType::end> numbers{};
  const bool is_fine = take_numbers(message, numbers);
  type = {.type = numbers[proto::ValueType::type],
          .unit = numbers[proto::ValueType::unit]};
  return is_fine;
}

}  // namespace kprofefe::pprof
