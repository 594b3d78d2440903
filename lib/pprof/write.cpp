// SPDX-License-Identifier: MIT
#include "pprof/write.hpp"

#include "pprof/gzip.hpp"
#include "pprof/wire/profile_fields.hpp"

#include <protozero/pbf_writer.hpp>

#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::pprof {
namespace {

using protozero::pbf_writer;

/// Writes one message; numbers that are 0 are left out, as protobuf does.
class MessageWriter {
 public:
  explicit MessageWriter(std::string& out) : writer_(out) {}

  template <typename Number>
  MessageWriter& number(std::uint32_t field, Number value) {
    if (value != 0) {
      writer_.add_uint64(field, static_cast<std::uint64_t>(value));
    }
    return *this;
  }

  MessageWriter& flag(std::uint32_t field, bool value) {
    return number(field, value ? 1U : 0U);
  }

 private:
  pbf_writer writer_;
};

class ProfileWriter {
 public:
  explicit ProfileWriter(const Profile& profile)
      : profile_(profile), numbers_(profile.strings.size(), 0), out_(bytes_) {
    texts_.push_back(0);
  }

  std::string write() {
    for (const ValueKind& type : profile_.sample_types) {
      write_value_kind(proto::Profile::sample_type, type);
    }
    for (std::size_t i = 0; i < profile_.samples.size(); ++i) {
      write_sample(i);
    }
    for (std::size_t i = 0; i < profile_.mappings.size(); ++i) {
      write_mapping(profile_.mappings[i], i + 1);
    }
    for (std::size_t i = 0; i < profile_.locations.size(); ++i) {
      write_location(profile_.locations[i], i + 1);
    }
    for (std::size_t i = 0; i < profile_.functions.size(); ++i) {
      write_function(profile_.functions[i], i + 1);
    }
    write_header();
    for (const StringId id : texts_) {
      const std::string_view text = profile_.strings.at(id);
      out_.add_string(proto::Profile::string_table, text.data(), text.size());
    }
    return std::move(bytes_);
  }

 private:
  /// The string's number in the message's table.
  std::uint64_t string(StringId id) {
    if (id != 0 && numbers_[id] == 0) {
      numbers_[id] = static_cast<std::uint32_t>(texts_.size());
      texts_.push_back(id);
    }
    return numbers_[id];
  }

  /// A field that holds what `fill` writes into a MessageWriter.
  template <typename Fill>
  static void add(pbf_writer& out, std::uint32_t field, std::string& scratch,
                  Fill&& fill) {
    scratch.clear();
    MessageWriter message(scratch);
    fill(message);
    out.add_message(field, scratch);
  }

  void write_value_kind(std::uint32_t field, const ValueKind& kind) {
    add(out_, field, scratch_, [&](MessageWriter& message) {
      message.number(proto::ValueType::type, string(kind.type))
          .number(proto::ValueType::unit, string(kind.unit));
    });
  }

  void write_sample(std::size_t index) {
    const Sample& sample = profile_.samples[index];
    scratch_.clear();
    pbf_writer message(scratch_);
    ids_.clear();
    for (const std::uint32_t location : profile_.frames_of(sample)) {
      ids_.push_back(std::uint64_t{location} + 1);
    }
    const auto values = profile_.values_of(index);
    message.add_packed_uint64(proto::Sample::location_id, ids_.begin(),
                              ids_.end());
    message.add_packed_int64(proto::Sample::value, values.begin(),
                             values.end());
    for (const Label& label : profile_.labels_of(sample)) {
      add(message, proto::Sample::label, inner_scratch_,
          [&](MessageWriter& out) {
            using Fields = proto::Label;
            out.number(Fields::key, string(label.key))
                .number(Fields::str, string(label.text))
                .number(Fields::num, label.number)
                .number(Fields::num_unit, string(label.unit));
          });
    }
    out_.add_message(proto::Profile::sample, scratch_);
  }

  void write_mapping(const Mapping& mapping, std::size_t id) {
    add(out_, proto::Profile::mapping, scratch_, [&](MessageWriter& message) {
      using Fields = proto::Mapping;
      message.number(Fields::id, id)
          .number(Fields::memory_start, mapping.start)
          .number(Fields::memory_limit, mapping.limit)
          .number(Fields::file_offset, mapping.offset)
          .number(Fields::filename, string(mapping.file))
          .number(Fields::build_id, string(mapping.build_id))
          .flag(Fields::has_functions, mapping.has_functions)
          .flag(Fields::has_filenames, mapping.has_filenames)
          .flag(Fields::has_line_numbers, mapping.has_line_numbers)
          .flag(Fields::has_inline_frames, mapping.has_inline_frames);
    });
  }

  void write_location(const Location& location, std::size_t id) {
    scratch_.clear();
    using Fields = proto::Location;
    MessageWriter message(scratch_);
    message.number(Fields::id, id);
    message.number(Fields::mapping_id,
                   location.mapping == k_none
                       ? std::uint64_t{0}
                       : std::uint64_t{location.mapping} + 1);
    message.number(Fields::address, location.address);
    pbf_writer lines(scratch_);
    for (const Line& line : profile_.lines_of(location)) {
      add(lines, Fields::line, inner_scratch_, [&](MessageWriter& out) {
        out.number(proto::Line::function_id, std::uint64_t{line.function} + 1)
            .number(proto::Line::line, line.line)
            .number(proto::Line::column, line.column);
      });
    }
    message.flag(Fields::is_folded, location.is_folded);
    out_.add_message(proto::Profile::location, scratch_);
  }

  void write_function(const Function& function, std::size_t id) {
    add(out_, proto::Profile::function, scratch_, [&](MessageWriter& message) {
      using Fields = proto::Function;
      message.number(Fields::id, id)
          .number(Fields::name, string(function.name))
          .number(Fields::system_name, string(function.system_name))
          .number(Fields::filename, string(function.file))
          .number(Fields::start_line, function.start_line);
    });
  }

  void write_header() {
    using Fields = proto::Profile;
    MessageWriter header(bytes_);
    header.number(Fields::drop_frames, string(profile_.drop_frames))
        .number(Fields::keep_frames, string(profile_.keep_frames))
        .number(Fields::time_nanos, profile_.time_nanos)
        .number(Fields::duration_nanos, profile_.duration_nanos);
    if (profile_.period_type != ValueKind{}) {
      write_value_kind(Fields::period_type, profile_.period_type);
    }
    header.number(Fields::period, profile_.period);
    for (const StringId comment : profile_.comments) {
      out_.add_uint64(Fields::comment, string(comment));
    }
    header
        .number(Fields::default_sample_type,
                string(profile_.default_sample_type))
        .number(Fields::doc_url, string(profile_.doc_url));
  }

  const Profile& profile_;
  /// By StringId; 0 for what is not named yet.
  std::vector<std::uint32_t> numbers_;
  std::vector<StringId> texts_;
  std::vector<std::uint64_t> ids_;
  std::string scratch_;
  std::string inner_scratch_;
  std::string bytes_;
  pbf_writer out_;
};

}  // namespace

std::string encode_profile(const Profile& profile) {
  return ProfileWriter(profile).write();
}

std::string write_profile(const Profile& profile) {
  // As Go's runtime compresses profiles: a fifth of the time of the default
  // level for some more bytes.
  return gzip(encode_profile(profile), Effort::fast);
}

}  // namespace kprofefe::pprof
