// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace kprofefe::pprof {

/// What there is in a profile.proto message, as far as a parser keeps it.
struct ProfileCounts {
  std::uint64_t samples = 0;
  std::uint64_t frames = 0;  ///< locations that samples name
  std::uint64_t values = 0;
  std::uint64_t labels = 0;
  std::uint64_t locations = 0;
  std::uint64_t location_bytes = 0;  ///< of the messages
  std::uint64_t functions = 0;
  std::uint64_t mappings = 0;
  std::uint64_t strings = 0;
  std::uint64_t string_bytes = 0;
  std::uint64_t value_types = 0;
  std::uint64_t comments = 0;  ///< at most: the bytes that name them
};

/// About how many bytes of objects a server makes of such a profile, beside
/// the message itself. The numbers are those of github.com/google/pprof/profile
/// (ParseData), which profefe, Pyroscope, Parca and `go tool pprof` use, on 64
/// bits: each struct's allocation class, and its places in slices, which grow
/// by copying; measured, they lie between what is live in the end and what was
/// allocated on the way. A message of two bytes may cost 440 here, which is why
/// neither its size nor that of the profile's says what it does to a server.
/// The garbage collector may keep as much again.
constexpr std::uint64_t parsed_bytes(const ProfileCounts& counts) {
  constexpr std::uint64_t k_sample = 128 + 24;
  // In locationIDX and in Location.
  constexpr std::uint64_t k_frame = 24;
  constexpr std::uint64_t k_value = 16;
  // The raw label; then each sample with labels has three maps.
  constexpr std::uint64_t k_label = 440;
  constexpr std::uint64_t k_location = 64 + 32;
  // A Line takes 32 bytes, and at least two in its location's message.
  constexpr std::uint64_t k_location_byte = 32 / 2;
  constexpr std::uint64_t k_function = 96 + 32;
  constexpr std::uint64_t k_mapping = 112 + 32;
  constexpr std::uint64_t k_string = 16 + 48;
  constexpr std::uint64_t k_value_type = 48 + 24;
  constexpr std::uint64_t k_comment = 8 + 16 + 88;
  return counts.samples * k_sample + counts.frames * k_frame +
         counts.values * k_value + counts.labels * k_label +
         counts.locations * k_location +
         counts.location_bytes * k_location_byte +
         counts.functions * k_function + counts.mappings * k_mapping +
         counts.strings * k_string + counts.string_bytes +
         counts.value_types * k_value_type + counts.comments * k_comment;
}

}  // namespace kprofefe::pprof
