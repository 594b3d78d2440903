// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/wire/parsed_size.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kprofefe::pprof {

/// Walks a profile.proto message that comes in pieces, and counts what is in
/// it. It checks that every field ends within its message and has a wire type
/// that profile.proto allows; field numbers that it does not know, 0 too, are
/// passed over, as pprof does. Allocates nothing.
///
///     Profile = { field }
///     field   = tag varint | tag length byte{length} | tag byte{4 or 8}
///     tag     = varint of number << 3 | wire type
///
/// The fields and their types are those of profile.proto (profile_fields.hpp).
class FieldWalker {
 public:
  /// Which of the messages in the profile are walked too.
  enum class Into : std::uint8_t { none, samples };

  explicit FieldWalker(Into into) : into_(into) {}

  /// Takes the next bytes, which may end anywhere. False when they cannot be a
  /// profile's: error() says why, and nothing more is taken.
  bool feed(std::string_view bytes);

  /// Whether the bytes so far end where a field of the profile ends.
  [[nodiscard]] bool at_field_end() const {
    return part_ == Part::tag && shift_ == 0 && skip_ == 0 && sample_end_ == 0;
  }

  /// So far; a field with a length counts as soon as that is known. What is in
  /// samples counts where they are walked.
  [[nodiscard]] const ProfileCounts& counts() const { return counts_; }

  /// Whether the profile says what its samples measure.
  [[nodiscard]] bool has_sample_types() const { return has_sample_types_; }

  /// Whether a field that profile.proto has has begun.
  [[nodiscard]] bool has_known_fields() const { return has_known_fields_; }

  /// Bytes taken so far, of a broken profile those before the bad one.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

  /// How large the message is at least: to the end of the field under way.
  [[nodiscard]] std::uint64_t least_size() const;

  [[nodiscard]] std::string_view error() const { return error_; }

 private:
  enum class Part : std::uint8_t { tag, number, length };

  std::size_t take_whole_fields(std::string_view bytes);
  bool count_whole(std::uint64_t number, std::string_view payload);
  void take_byte(unsigned char byte);
  std::size_t take_payload(std::string_view bytes);
  void end_varint(std::uint64_t value);
  void begin_field(std::uint64_t tag);
  [[nodiscard]] bool allows(unsigned wire_type) const;
  void begin_payload(std::uint64_t bytes);
  void begin_sample_payload(std::uint64_t bytes);
  void count_payload(std::uint64_t number, std::uint64_t bytes);
  void end_number();
  void leave_sample();
  void refuse(std::string_view error);

  Into into_;
  Part part_ = Part::tag;
  bool has_known_fields_ = false;
  bool has_sample_types_ = false;
  unsigned shift_ = 0;
  std::uint64_t value_ = 0;
  std::uint64_t field_number_ = 0;
  /// Bytes of a payload that are still to come.
  std::uint64_t skip_ = 0;
  /// What the numbers in that payload are, when it is packed.
  std::uint64_t ProfileCounts::* packed_ = nullptr;
  /// Where the sample under way ends; 0 outside of samples.
  std::uint64_t sample_end_ = 0;
  std::uint64_t offset_ = 0;
  ProfileCounts counts_;
  std::string_view error_;
};

}  // namespace kprofefe::pprof
