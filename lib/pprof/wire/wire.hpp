// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// Reading protobuf. protozero, which writes it for us, is not used here: its
// reader's calls are not inlined, which costs a tenth of a merge, and it throws
// at what a profile of a stranger may well be.

namespace kprofefe::pprof {

/// One field of a protobuf message, not yet understood.
struct Field {
  std::uint32_t number = 0;  ///< 0: one that no message of ours has
  /// A varint, in `value`.
  bool is_number = false;
  /// Length-delimited: `bytes` holds a message, a string or packed numbers.
  bool is_bytes = false;
  /// The value of a varint; 0 for the others.
  std::uint64_t value = 0;
  std::string_view bytes;
  /// Where in its message it begins.
  std::size_t begin = 0;
};

enum class WireType : std::uint8_t {
  varint = 0,
  fixed64 = 1,
  length_delimited = 2,
  fixed32 = 5,
};

/// The next varint, short ones at once. False: it does not end in time.
inline bool take_varint(const char** data, const char* end,
                        std::uint64_t& value) {
  const auto byte = [&](int at) {
    return static_cast<std::uint64_t>(static_cast<unsigned char>((*data)[at]));
  };
  if (end - *data >= 2 && byte(1) < 0x80) {
    const bool is_short = byte(0) < 0x80;
    value = is_short ? byte(0) : (byte(0) & 0x7fU) | byte(1) << 7;
    *data += is_short ? 1 : 2;
    return true;
  }
  constexpr unsigned k_most_bits = 70;
  value = 0;
  for (unsigned shift = 0; *data != end && shift < k_most_bits; shift += 7) {
    const std::uint64_t next = byte(0);
    ++*data;
    value |= (next & 0x7fU) << shift;
    if (next < 0x80) {
      return true;
    }
  }
  return false;
}

/// The next `size` bytes. False: there are not so many.
inline bool take_bytes(const char** data, const char* end, std::uint64_t size,
                       std::string_view& bytes) {
  if (size > static_cast<std::size_t>(end - *data)) {
    return false;
  }
  bytes = {std::exchange(*data, *data + size), size};
  return true;
}

/// The next field, of which `begin` is not set. False: it is malformed, or a
/// group, which proto3 does not have.
[[gnu::always_inline]] inline bool take_field(const char** data,
                                              const char* end, Field& field) {
  std::uint64_t key = 0;
  if (!take_varint(data, end, key)) {
    return false;
  }
  field.number = key >> 32 == 0 ? static_cast<std::uint32_t>(key >> 3) : 0;
  std::string_view skipped;
  std::uint64_t size = 0;
  switch (static_cast<WireType>(key & 7U)) {
    case WireType::varint:
      field.is_number = true;
      return take_varint(data, end, field.value);
    case WireType::length_delimited:
      field.is_bytes = true;
      return take_varint(data, end, size) &&
             take_bytes(data, end, size, field.bytes);
    case WireType::fixed64:
      return take_bytes(data, end, 8, skipped);
    case WireType::fixed32:
      return take_bytes(data, end, 4, skipped);
  }
  return false;
}

/// Visits the fields of `message` in order; `bool visit(const Field&)` says
/// whether it found the content well-formed. False when the message is
/// malformed or a visit said so; `*at` is then where the bad field begins.
template <typename Visit>
bool for_each_field(std::string_view message, Visit&& visit,
                    std::size_t* at = nullptr) {
  const char* data = message.data();
  const char* const end = data + message.size();
  bool is_fine = true;
  std::size_t begin = 0;
  while (is_fine && data != end) {
    begin = static_cast<std::size_t>(data - message.data());
    Field field{.begin = begin};
    is_fine = take_field(&data, end, field) && visit(std::as_const(field));
  }
  if (at != nullptr) {
    *at = is_fine ? message.size() : begin;
  }
  return is_fine;
}

/// How many varints end in `bytes`.
inline std::size_t count_varints(std::string_view bytes) {
  constexpr auto k_ends_varint = [](char byte) {
    return static_cast<unsigned char>(byte) < 0x80;
  };
  return static_cast<std::size_t>(std::ranges::count_if(bytes, k_ends_varint));
}

/// How many numbers a well-formed repeated numeric field has.
inline std::size_t count_numbers(const Field& field) {
  return field.is_bytes ? count_varints(field.bytes) : 1;
}

/// Visits every number of a repeated numeric field, packed or not. False when
/// packed numbers are malformed, or it is of another type.
template <typename Visit>
bool for_each_number(const Field& field, Visit&& visit) {
  if (!field.is_bytes) {
    visit(field.value);
    return field.is_number;
  }
  const char* data = field.bytes.data();
  const char* const end = data + field.bytes.size();
  while (data != end) {
    std::uint64_t number = 0;
    if (!take_varint(&data, end, number)) {
      return false;
    }
    visit(number);
  }
  return true;
}

/// The last value of each of the fields 1 to Count - 1 of a message that has
/// only numbers in them; 0 for one that is not there. False when it is
/// malformed or one of them is no number.
template <std::size_t Count>
bool take_numbers(std::string_view message,
                  std::array<std::uint64_t, Count>& numbers) {
  return for_each_field(message, [&](const Field& field) {
    if (field.number == 0 || field.number >= Count) {
      return true;
    }
    numbers[field.number] = field.value;
    return field.is_number;
  });
}

/// What profile.proto calls its field of that number: `sample`.
std::string_view profile_field_name(std::uint32_t number);

/// As for_each_field for a whole profile.proto message. Errors: malformed,
/// naming the kind of field and where it begins, e.g. `malformed profile:
/// invalid sample at byte 77`.
template <typename Visit>
Result<void> for_each_profile_field(std::string_view profile, Visit&& visit) {
  std::uint32_t current = 0;
  std::size_t at = 0;
  const bool whole = for_each_field(
      profile,
      [&](const Field& field) {
        current = field.number;
        return visit(field);
      },
      &at);
  if (!whole) {
    return fail(ErrorKind::malformed,
                "malformed profile: invalid " +
                    std::string(profile_field_name(current)) + " at byte " +
                    std::to_string(at));
  }
  return {};
}

}  // namespace kprofefe::pprof
