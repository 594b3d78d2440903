// SPDX-License-Identifier: MIT
#include "pprof/wire/field_walker.hpp"

#include "pprof/wire/profile_fields.hpp"
#include "pprof/wire/wire.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace kprofefe::pprof {
namespace {

constexpr auto k_varint = static_cast<unsigned>(WireType::varint);
constexpr auto k_fixed64 = static_cast<unsigned>(WireType::fixed64);
constexpr auto k_length_delimited =
    static_cast<unsigned>(WireType::length_delimited);
constexpr auto k_fixed32 = static_cast<unsigned>(WireType::fixed32);

constexpr unsigned k_number = 1U << k_varint;
constexpr unsigned k_bytes = 1U << k_length_delimited;

/// The wire types of the fields 1 to 15 as bits; all others may be anything.
constexpr std::array<unsigned, proto::Profile::end> k_profile_types = [] {
  std::array<unsigned, proto::Profile::end> types{};
  types.fill(k_number);
  for (const std::uint32_t number :
       {proto::Profile::sample_type, proto::Profile::sample,
        proto::Profile::mapping, proto::Profile::location,
        proto::Profile::function, proto::Profile::string_table,
        proto::Profile::period_type}) {
    types.at(number) = k_bytes;
  }
  types.at(proto::Profile::comment) |= k_bytes;
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
      counts.frames += field->number == proto::Sample::location_id
                           ? count_varints(field->payload)
                           : 0;
      counts.values += field->number == proto::Sample::value
                           ? count_varints(field->payload)
                           : 0;
      counts.labels += field->number == proto::Sample::label ? 1 : 0;
      sample.remove_prefix(field->size);
      continue;
    }
    // Up to two numbers are not packed, as in every CPU profile.
    const auto number = static_cast<unsigned char>(sample.front()) >> 3;
    const bool is_number =
        (static_cast<unsigned char>(sample.front()) & 7U) == k_varint;
    const std::size_t size = varint_size(sample.substr(1));
    if (!is_number ||
        (number != proto::Sample::location_id &&
         number != proto::Sample::value) ||
        size == 0) {
      return std::nullopt;
    }
    counts.frames += number == proto::Sample::location_id ? 1 : 0;
    counts.values += number == proto::Sample::value ? 1 : 0;
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
  has_known_fields_ |= taken != 0;
  return taken;
}

bool FieldWalker::count_whole(std::uint64_t number, std::string_view payload) {
  if (k_profile_types.at(number) != k_bytes) {
    return false;
  }
  if (number == proto::Profile::sample && into_ == Into::samples) {
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
    refuse("a number exceeds 64 bits");
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
  if (field_number_ == 0) {
    return true;
  }
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
  if (!allows(type)) {
    refuse("a field has the wrong type");
  } else if (type == k_varint) {
    part_ = Part::number;
  } else if (type == k_length_delimited) {
    part_ = Part::length;
  } else if (type == k_fixed64 || type == k_fixed32) {
    packed_ = nullptr;
    skip_ = type == k_fixed64 ? 8 : 4;
  } else {
    refuse("an invalid wire type");
  }
  has_known_fields_ |= error_.empty() && field_number_ != 0 &&
                       field_number_ < k_profile_types.size();
}

void FieldWalker::begin_payload(std::uint64_t bytes) {
  // Protobuf's own limit for a message is 2 GiB.
  if (bytes >> 31 != 0) {
    refuse("a field exceeds 2 GiB");
    return;
  }
  packed_ = nullptr;
  if (sample_end_ != 0) {
    begin_sample_payload(bytes);
    return;
  }
  count_payload(field_number_, bytes);
  if (field_number_ == proto::Profile::sample && into_ == Into::samples) {
    // An empty one has ended here.
    sample_end_ = bytes == 0 ? 0 : offset_ + bytes;
  } else {
    skip_ = bytes;
  }
}

void FieldWalker::begin_sample_payload(std::uint64_t bytes) {
  if (field_number_ == proto::Sample::location_id) {
    packed_ = &ProfileCounts::frames;
  } else if (field_number_ == proto::Sample::value) {
    packed_ = &ProfileCounts::values;
  } else if (field_number_ == proto::Sample::label) {
    ++counts_.labels;
  }
  skip_ = bytes;
}

void FieldWalker::count_payload(std::uint64_t number, std::uint64_t bytes) {
  switch (number) {
    case proto::Profile::sample_type:
      has_sample_types_ = true;
      ++counts_.value_types;
      break;
    case proto::Profile::period_type:
      ++counts_.value_types;
      break;
    case proto::Profile::sample:
      ++counts_.samples;
      break;
    case proto::Profile::mapping:
      ++counts_.mappings;
      break;
    case proto::Profile::location:
      ++counts_.locations;
      counts_.location_bytes += bytes;
      break;
    case proto::Profile::function:
      ++counts_.functions;
      break;
    case proto::Profile::string_table:
      ++counts_.strings;
      counts_.string_bytes += bytes;
      break;
    case proto::Profile::comment:
      counts_.comments += bytes;
      break;
    default:
      break;
  }
}

void FieldWalker::end_number() {
  if (sample_end_ == 0) {
    counts_.comments += field_number_ == proto::Profile::comment ? 1 : 0;
  } else if (field_number_ == proto::Sample::location_id) {
    ++counts_.frames;
  } else if (field_number_ == proto::Sample::value) {
    ++counts_.values;
  }
}

void FieldWalker::leave_sample() {
  const std::uint64_t end = offset_ + skip_;
  if (sample_end_ == 0 || end < sample_end_ || !error_.empty()) {
    return;
  }
  if (end > sample_end_ || part_ != Part::tag) {
    refuse("a field exceeds its sample");
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
