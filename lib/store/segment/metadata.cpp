// SPDX-License-Identifier: MIT
#include "store/segment/metadata.hpp"

#include "store/segment/nanoseconds.hpp"

#include <fmt/format.h>
#include <protozero/pbf_reader.hpp>
#include <protozero/pbf_writer.hpp>

#include <utility>

namespace kprofefe::store {
namespace {

using protozero::pbf_reader;
using protozero::pbf_wire_type;
using protozero::pbf_writer;
using protozero::tag_and_type;

namespace fields {

enum Metadata : std::uint32_t {
  digest = 1,
  created_at = 2,
  service = 3,
  type = 4,
  labels = 5,
  totals = 6,
  encoding = 7,
};

// Of Label and of Total.
constexpr std::uint32_t k_first_text = 1;
constexpr std::uint32_t k_second_text = 2;
constexpr std::uint32_t k_value = 3;

}  // namespace fields

constexpr std::uint32_t text_field(std::uint32_t tag) {
  return tag_and_type(tag, pbf_wire_type::length_delimited);
}

constexpr std::uint32_t fixed64_field(std::uint32_t tag) {
  return tag_and_type(tag, pbf_wire_type::fixed64);
}

constexpr std::uint32_t varint_field(std::uint32_t tag) {
  return tag_and_type(tag, pbf_wire_type::varint);
}

void write_labels(pbf_writer& out, const std::vector<Label>& labels) {
  for (const Label& label : labels) {
    pbf_writer message(out, fields::labels);
    message.add_string(fields::k_first_text, label.key);
    message.add_string(fields::k_second_text, label.value);
  }
}

// What follows throws as protozero does, and is called by parse() alone.

Label read_label(pbf_reader message) {
  Label label;
  while (message.next()) {
    switch (message.tag_and_type()) {
      case text_field(fields::k_first_text):
        label.key = message.get_string();
        break;
      case text_field(fields::k_second_text):
        label.value = message.get_string();
        break;
      default:
        message.skip();
    }
  }
  return label;
}

Total read_total(pbf_reader message) {
  Total total;
  while (message.next()) {
    switch (message.tag_and_type()) {
      case text_field(fields::k_first_text):
        total.type = message.get_string();
        break;
      case text_field(fields::k_second_text):
        total.unit = message.get_string();
        break;
      case varint_field(fields::k_value):
        total.value = message.get_sint64();
        break;
      default:
        message.skip();
    }
  }
  return total;
}

Metadata read_metadata(pbf_reader message) {
  Metadata metadata;
  while (message.next()) {
    switch (message.tag_and_type()) {
      case fixed64_field(fields::digest):
        metadata.digest = message.get_fixed64();
        break;
      case fixed64_field(fields::created_at):
        metadata.created_at = time_of(message.get_sfixed64());
        break;
      case text_field(fields::service):
        metadata.series.service = message.get_string();
        break;
      case text_field(fields::type):
        metadata.series.type = message.get_string();
        break;
      case text_field(fields::labels):
        metadata.series.labels.push_back(read_label(message.get_message()));
        break;
      case text_field(fields::totals):
        metadata.totals.push_back(read_total(message.get_message()));
        break;
      case varint_field(fields::encoding):
        metadata.encoding = message.get_uint32();
        break;
      default:
        message.skip();
    }
  }
  return metadata;
}

Result<Metadata> parse(std::string_view bytes) {
  try {
    return read_metadata(pbf_reader(bytes.data(), bytes.size()));
  } catch (const protozero::exception& broken) {
    return fail(ErrorKind::malformed,
                fmt::format("metadata of a profile: {}", broken.what()));
  }
}

}  // namespace

std::string encode_metadata(const Metadata& metadata) {
  std::string bytes;
  pbf_writer out(bytes);
  out.add_fixed64(fields::digest, metadata.digest);
  out.add_sfixed64(fields::created_at, nanoseconds_of(metadata.created_at));
  out.add_string(fields::service, metadata.series.service);
  out.add_string(fields::type, metadata.series.type);
  write_labels(out, metadata.series.labels);
  for (const Total& total : metadata.totals) {
    pbf_writer message(out, fields::totals);
    message.add_string(fields::k_first_text, total.type);
    message.add_string(fields::k_second_text, total.unit);
    message.add_sint64(fields::k_value, total.value);
  }
  if (metadata.encoding != 0) {
    out.add_uint32(fields::encoding, metadata.encoding);
  }
  return bytes;
}

Result<Metadata> decode_metadata(std::string_view bytes) {
  return parse(bytes);
}

std::string encode_labels(const std::vector<Label>& labels) {
  std::string bytes;
  pbf_writer out(bytes);
  write_labels(out, labels);
  return bytes;
}

Result<std::vector<Label>> decode_labels(std::string_view bytes) {
  TRY_ASSIGN(Metadata metadata, parse(bytes));
  return std::move(metadata.series.labels);
}

}  // namespace kprofefe::store
