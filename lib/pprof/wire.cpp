// SPDX-License-Identifier: MIT
#include "pprof/wire.hpp"

#include <fmt/format.h>
#include <protozero/pbf_reader.hpp>
#include <protozero/varint.hpp>

#include <array>

namespace kprofefe::pprof {
namespace {

Field take_field(protozero::pbf_reader& reader) {
  Field field{.number = reader.tag()};
  switch (reader.wire_type()) {
    case protozero::pbf_wire_type::varint:
      field.value = reader.get_uint64();
      break;
    case protozero::pbf_wire_type::length_delimited: {
      const protozero::data_view view = reader.get_view();
      field.is_bytes = true;
      field.bytes = {view.data(), view.size()};
      break;
    }
    default:
      reader.skip();
  }
  return field;
}

std::string_view name_of(std::uint32_t profile_field) {
  constexpr std::array<std::string_view, 16> k_names = {
      "field",      "sample type",    "sample",
      "mapping",    "location",       "function",
      "string",     "drop_frames",    "keep_frames",
      "time_nanos", "duration_nanos", "period type",
      "period",     "comment",        "default_sample_type",
      "doc_url"};
  return profile_field < k_names.size() ? k_names.at(profile_field)
                                        : k_names[0];
}

}  // namespace

bool for_each_field(std::string_view message, const FieldVisitor& visit) {
  try {
    protozero::pbf_reader reader(message.data(), message.size());
    bool fine = true;
    while (fine && reader.next()) {
      fine = visit(take_field(reader));
    }
    return fine;
  } catch (const protozero::exception&) {
    return false;
  }
}

bool for_each_number(const Field& field,
                     const std::function<void(std::uint64_t)>& visit) {
  if (!field.is_bytes) {
    visit(field.value);
    return true;
  }
  try {
    const char* data = field.bytes.data();
    const char* const end = data + field.bytes.size();
    while (data != end) {
      visit(protozero::decode_varint(&data, end));
    }
    return true;
  } catch (const protozero::exception&) {
    return false;
  }
}

Result<void> for_each_profile_field(std::string_view profile,
                                    const FieldVisitor& visit) {
  std::uint32_t current = 0;
  const bool whole = for_each_field(profile, [&](const Field& field) {
    current = field.number;
    return visit(field);
  });
  if (!whole) {
    return fail(
        ErrorKind::malformed,
        fmt::format("broken profile: a malformed {}", name_of(current)));
  }
  return {};
}

}  // namespace kprofefe::pprof
