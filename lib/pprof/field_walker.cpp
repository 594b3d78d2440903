// SPDX-License-Identifier: MIT
#include "pprof/field_walker.hpp"

#include "pprof/wire.hpp"

#include <algorithm>
#include <array>
#include <optional>
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
constexpr std::uint64_t k_mapping = 3;
constexpr std::uint64_t k_location = 4;
constexpr std::uint64_t k_function = 5;
constexpr std::uint64_t k_string = 6;
constexpr std::uint64_t k_period_type = 11;
constexpr std::uint64_t k_comment = 13;

constexpr std::uint64_t k_sample_location = 1;
constexpr std::uint64_t k_sample_value = 2;
constexpr std::uint64_t k_sample_label = 3;

constexpr unsigned k_number = 1U << k_varint;
constexpr unsigned k_bytes = 1U << k_length_delimited;

/// The wire types of the fields 1 to 15 as bits; all others may be anything.
constexpr std::array<unsigned, 16> k_profile_types = [] {
  std::array<unsigned, 16> types{};
  types.fill(k_number);
  for (const std::uint64_t number :
       {k_sample_type, k_sample, k_mapping, k_location, k_function, k_string,
        k_period_type}) {
    types.at(number) = k_bytes;
  }
  types.at(k_comment) |= k_bytes;
  return types;
}();

/// The same of a sample's fields 1 to 3.
constexpr std::array<unsigned, 4> k_sample_types = {
    0, k_number | k_bytes, k_number | k_bytes, k_bytes};

struct WholeField {
  std::uint64_t number = 0;
  std::string_view payload;
  std::size_t size = 0;  ///< with its head
};

/// The length-delimited field at the front, when it is whole, has a number
/// below 16 and is shorter than 16 KiB, as nearly all are.
inline std::optional<WholeField> take_whole_field(std::string_view bytes) {
  const auto byte = [&](std::size_t at) {
    return std::size_t{static_cast<unsigned char>(bytes[at])};
  };
  if (bytes.size() < 3 || byte(0) >= 0x80 ||
      (byte(0) & 7U) != k_length_delimited || byte(0) >> 3 == 0) {
    return std::nullopt;
  }
  const bool is_short = byte(1) < 0x80;
  const std::size_t head = is_short ? 2 : 3;
  const std::size_t size =
      is_short ? byte(1) : (byte(1) & 0x7fU) | byte(2) << 7;
  if ((!is_short && byte(2) >= 0x80) || size > bytes.size() - head) {
    return std::nullopt;
  }
  return WholeField{byte(0) >> 3, bytes.substr(head, size), head + size};
}

struct SampleCounts {
  std::uint64_t frames = 0;
  std::uint64_t values = 0;
  std::uint64_t labels = 0;
};

/// How long the varint at the front is; 0 when it does not end.
inline std::size_t varint_size(std::string_view bytes) {
  constexpr std::size_t k_longest = 9;
  for (std::size_t i = 0; i < bytes.size() && i < k_longest; ++i) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      return i + 1;
    }
  }
  return 0;
}

/// What is in a sample that has nothing unusual.
std::optional<SampleCounts> count_sample(std::string_view sample) {
  SampleCounts counts;
  while (!sample.empty()) {
    if (const auto field = take_whole_field(sample)) {
      counts.frames += field->number == k_sample_location
                           ? count_varints(field->payload)
                           : 0;
      counts.values +=
          field->number == k_sample_value ? count_varints(field->payload) : 0;
      counts.labels += field->number == k_sample_label ? 1 : 0;
      sample.remove_prefix(field->size);
      continue;
    }
    // Up to two numbers are not packed, as in every CPU profile.
    const auto number = static_cast<unsigned char>(sample.front()) >> 3;
    const bool is_number = (sample.front() & 7) == k_varint;
    const std::size_t size = varint_size(sample.substr(1));
    if (!is_number || (number != 1 && number != 2) || size == 0) {
      return std::nullopt;
    }
    counts.frames += number == k_sample_location ? 1 : 0;
    counts.values += number == k_sample_value ? 1 : 0;
    sample.remove_prefix(1 + size);
  }
  return counts;
}

}  // namespace

bool FieldWalker::feed(std::string_view bytes) {
  while (!bytes.empty() && error_.empty()) {
    if (skip_ != 0) {
      bytes.remove_prefix(take_payload(bytes));
    } else if (const std::size_t whole = take_whole_fields(bytes)) {
      bytes.remove_prefix(whole);
    } else {
      take_byte(static_cast<unsigned char>(bytes.front()));
      bytes.remove_prefix(1);
    }
  }
  return error_.empty();
}

std::uint64_t FieldWalker::least_size() const {
  return std::max(offset_ + skip_, sample_end_);
}

/// Passes over fields that are whole in `bytes`, in a fraction of the time that
/// take_byte() needs, which takes what this leaves: all that is unusual.
std::size_t FieldWalker::take_whole_fields(std::string_view bytes) {
  if (!at_field_end()) {
    return 0;
  }
  std::string_view rest = bytes;
  while (const auto field = take_whole_field(rest)) {
    if (!count_whole(field->number, field->payload)) {
      break;
    }
    rest.remove_prefix(field->size);
  }
  const std::size_t taken = bytes.size() - rest.size();
  offset_ += taken;
  has_fields_ |= taken != 0;
  return taken;
}

bool FieldWalker::count_whole(std::uint64_t number, std::string_view payload) {
  if (k_profile_types.at(number) != k_bytes) {
    return false;
  }
  if (number == k_sample && into_ == Into::samples) {
    const std::optional<SampleCounts> counts = count_sample(payload);
    if (!counts) {
      return false;
    }
    counts_.frames += counts->frames;
    counts_.values += counts->values;
    counts_.labels += counts->labels;
  }
  count_payload(number, payload.size());
  return true;
}

void FieldWalker::take_byte(unsigned char byte) {
  ++offset_;
  if (shift_ > 63 || (shift_ == 63 && byte > 1)) {
    refuse("a number of more than 64 bits");
    return;
  }
  value_ |= std::uint64_t{byte & 0x7fU} << shift_;
  shift_ += 7;
  if (byte < 0x80) {
    shift_ = 0;
    end_varint(std::exchange(value_, 0));
  }
}

std::size_t FieldWalker::take_payload(std::string_view bytes) {
  const std::size_t step = std::min<std::uint64_t>(skip_, bytes.size());
  if (packed_ != nullptr) {
    counts_.*packed_ += count_varints(bytes.substr(0, step));
  }
  skip_ -= step;
  offset_ += step;
  leave_sample();
  return step;
}

void FieldWalker::end_varint(std::uint64_t value) {
  switch (std::exchange(part_, Part::tag)) {
    case Part::tag:
      begin_field(value);
      break;
    case Part::number:
      end_number();
      break;
    case Part::length:
      begin_payload(value);
      break;
  }
  leave_sample();
}

bool FieldWalker::allows(unsigned wire_type) const {
  const auto& types = k_profile_types;
  if (sample_end_ != 0) {
    return field_number_ >= k_sample_types.size() ||
           (k_sample_types.at(field_number_) >> wire_type & 1U) != 0;
  }
  return field_number_ >= types.size() ||
         (types.at(field_number_) >> wire_type & 1U) != 0;
}

void FieldWalker::begin_field(std::uint64_t tag) {
  field_number_ = tag >> 3;
  const auto type = static_cast<unsigned>(tag & 7U);
  if (field_number_ == 0 || field_number_ >> 29 != 0) {
    refuse("a field number that protobuf does not have");
  } else if (!allows(type)) {
    refuse("a field of the wrong type");
  } else if (!has_fields_ && field_number_ >= k_profile_types.size()) {
    refuse("a first field that profiles do not have");
  } else if (type == k_varint) {
    part_ = Part::number;
  } else if (type == k_length_delimited) {
    part_ = Part::length;
  } else if (type == k_fixed64 || type == k_fixed32) {
    packed_ = nullptr;
    skip_ = type == k_fixed64 ? 8 : 4;
  } else {
    refuse("a wire type that protobuf does not have");
  }
  has_fields_ |= error_.empty();
}

void FieldWalker::begin_payload(std::uint64_t bytes) {
  // Protobuf's own limit for a message is 2 GiB.
  if (bytes >> 31 != 0) {
    refuse("a field of more than 2 GiB");
    return;
  }
  packed_ = nullptr;
  if (sample_end_ != 0) {
    begin_sample_payload(bytes);
    return;
  }
  count_payload(field_number_, bytes);
  if (field_number_ == k_sample && into_ == Into::samples) {
    // An empty one has ended here.
    sample_end_ = bytes == 0 ? 0 : offset_ + bytes;
  } else {
    skip_ = bytes;
  }
}

void FieldWalker::begin_sample_payload(std::uint64_t bytes) {
  if (field_number_ == k_sample_location) {
    packed_ = &ProfileCounts::frames;
  } else if (field_number_ == k_sample_value) {
    packed_ = &ProfileCounts::values;
  } else if (field_number_ == k_sample_label) {
    ++counts_.labels;
  }
  skip_ = bytes;
}

void FieldWalker::count_payload(std::uint64_t number, std::uint64_t bytes) {
  switch (number) {
    case k_sample_type:
      has_sample_types_ = true;
      ++counts_.value_types;
      break;
    case k_period_type:
      ++counts_.value_types;
      break;
    case k_sample:
      ++counts_.samples;
      break;
    case k_mapping:
      ++counts_.mappings;
      break;
    case k_location:
      ++counts_.locations;
      counts_.location_bytes += bytes;
      break;
    case k_function:
      ++counts_.functions;
      break;
    case k_string:
      ++counts_.strings;
      counts_.string_bytes += bytes;
      break;
    case k_comment:
      counts_.comments += bytes;
      break;
    default:
      break;
  }
}

void FieldWalker::end_number() {
  if (sample_end_ == 0) {
    counts_.comments += field_number_ == k_comment ? 1 : 0;
  } else if (field_number_ == k_sample_location) {
    ++counts_.frames;
  } else if (field_number_ == k_sample_value) {
    ++counts_.values;
  }
}

void FieldWalker::leave_sample() {
  const std::uint64_t end = offset_ + skip_;
  if (sample_end_ == 0 || end < sample_end_ || !error_.empty()) {
    return;
  }
  if (end > sample_end_ || part_ != Part::tag) {
    refuse("a field that is longer than its sample");
  } else if (skip_ == 0) {
    sample_end_ = 0;
  }
}

/// The byte that shows the error is not taken.
void FieldWalker::refuse(std::string_view error) {
  error_ = error;
  --offset_;
}

}  // namespace kprofefe::pprof
