// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace kprofefe::pprof {

/// Walks the top level of a profile.proto message that comes in pieces, and
/// looks into no field. It counts samples and checks that every field has a
/// wire type profile.proto allows; field numbers it does not know are passed
/// over, as protobuf wants, unless one comes first.
///
///     Profile = { field }
///     field   = tag varint | tag length byte{length} | tag byte{4 or 8}
///     tag     = varint of number << 3 | wire type
///
/// Field numbers: 1 sample_type, 2 sample, 3 mapping, 4 location, 5 function,
/// 6 string_table, 11 period_type (messages and strings); 7 to 10, 12, 14 and
/// 15 (numbers); 13 comment (numbers, packed or not). See
/// github.com/google/pprof/blob/main/proto/profile.proto.
class FieldWalker {
 public:
  /// Takes the next bytes, which may end anywhere. False when they cannot be a
  /// profile's: error() says why, and nothing more is taken.
  bool feed(std::string_view bytes);

  /// Whether the bytes so far end where a field ends.
  [[nodiscard]] bool at_field_end() const {
    return part_ == Part::tag && shift_ == 0 && skip_ == 0;
  }

  /// Samples so far; the last one counts as soon as its length is known.
  [[nodiscard]] std::uint64_t samples() const { return samples_; }

  /// Whether the profile says what its samples measure.
  [[nodiscard]] bool has_sample_types() const { return has_sample_types_; }

  /// Fields begun so far.
  [[nodiscard]] std::uint64_t fields() const { return fields_; }

  /// Bytes taken so far, of a broken profile those before the bad one.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

  [[nodiscard]] std::string_view error() const { return error_; }

 private:
  enum class Part : std::uint8_t { tag, number, length };

  void take_byte(unsigned char byte);
  void end_varint();
  void begin_field(std::uint64_t tag);
  void begin_payload(std::uint64_t bytes);

  Part part_ = Part::tag;
  unsigned shift_ = 0;
  std::uint64_t value_ = 0;
  std::uint64_t skip_ = 0;
  std::uint64_t field_number_ = 0;
  std::uint64_t fields_ = 0;
  std::uint64_t samples_ = 0;
  std::uint64_t offset_ = 0;
  bool has_sample_types_ = false;
  std::string_view error_;
};

}  // namespace kprofefe::pprof
