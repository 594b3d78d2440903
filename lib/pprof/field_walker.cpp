// SPDX-License-Identifier: MIT
#include "pprof/field_walker.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kprofefe::pprof {
namespace {

enum WireType : std::uint8_t {
  k_varint = 0,
  k_fixed64 = 1,
  k_length_delimited = 2,
  k_fixed32 = 5,
};

constexpr std::uint64_t k_sample_type = 1;
constexpr std::uint64_t k_sample = 2;
constexpr std::uint64_t k_comment = 13;

/// The wire types of the fields 1 to 15 as bits; all others may be anything.
constexpr std::array<unsigned, 16> k_allowed_wire_types = [] {
  std::array<unsigned, 16> allowed{};
  allowed.fill(1U << k_varint);
  for (const std::size_t number : {1U, 2U, 3U, 4U, 5U, 6U, 11U}) {
    allowed.at(number) = 1U << k_length_delimited;
  }
  allowed.at(k_comment) |= 1U << k_length_delimited;
  return allowed;
}();

}  // namespace

bool FieldWalker::feed(std::string_view bytes) {
  while (!bytes.empty() && error_.empty()) {
    if (skip_ == 0) {
      take_byte(static_cast<unsigned char>(bytes.front()));
      bytes.remove_prefix(1);
      continue;
    }
    const std::uint64_t step = std::min<std::uint64_t>(skip_, bytes.size());
    bytes.remove_prefix(step);
    skip_ -= step;
    offset_ += step;
  }
  return error_.empty();
}

void FieldWalker::take_byte(unsigned char byte) {
  if (shift_ > 63 || (shift_ == 63 && byte > 1)) {
    error_ = "a number of more than 64 bits";
    return;
  }
  value_ |= std::uint64_t{byte & 0x7fU} << shift_;
  if ((byte & 0x80U) != 0) {
    shift_ += 7;
  } else {
    end_varint();
  }
  offset_ += error_.empty() ? 1 : 0;
}

void FieldWalker::end_varint() {
  const std::uint64_t value = std::exchange(value_, 0);
  shift_ = 0;
  switch (std::exchange(part_, Part::tag)) {
    case Part::tag:
      begin_field(value);
      break;
    case Part::number:
      break;
    case Part::length:
      begin_payload(value);
      break;
  }
}

void FieldWalker::begin_field(std::uint64_t tag) {
  field_number_ = tag >> 3;
  const auto type = static_cast<unsigned>(tag & 7U);
  const bool known =
      field_number_ > 0 && field_number_ < k_allowed_wire_types.size();
  if (known && (k_allowed_wire_types.at(field_number_) >> type & 1U) == 0) {
    error_ = "a field of the wrong type";
  } else if (field_number_ == 0 || field_number_ >> 29 != 0) {
    error_ = "a field number that protobuf does not have";
  } else if (!known && fields_ == 0) {
    error_ = "a first field that profiles do not have";
  } else if (type == k_varint) {
    part_ = Part::number;
  } else if (type == k_length_delimited) {
    part_ = Part::length;
  } else if (type == k_fixed64 || type == k_fixed32) {
    skip_ = type == k_fixed64 ? 8 : 4;
  } else {
    error_ = "a wire type that protobuf does not have";
  }
  fields_ += error_.empty() ? 1 : 0;
}

void FieldWalker::begin_payload(std::uint64_t bytes) {
  // Protobuf's own limit for a message is 2 GiB.
  if (bytes >> 31 != 0) {
    error_ = "a field of more than 2 GiB";
    return;
  }
  skip_ = bytes;
  samples_ += field_number_ == k_sample ? 1 : 0;
  has_sample_types_ |= field_number_ == k_sample_type;
}

}  // namespace kprofefe::pprof
