// SPDX-License-Identifier: MIT
#include "pprof/write.hpp"

#include "pprof/gzip.hpp"

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
      write_value_kind(1, type);
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
      out_.add_string(6, text.data(), text.size());
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
      message.number(1, string(kind.type)).number(2, string(kind.unit));
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
    message.add_packed_uint64(1, ids_.begin(), ids_.end());
    message.add_packed_int64(2, values.begin(), values.end());
    for (const Label& label : profile_.labels_of(sample)) {
      add(message, 3, inner_scratch_, [&](MessageWriter& out) {
        out.number(1, string(label.key)).number(2, string(label.text));
        out.number(3, label.number).number(4, string(label.unit));
      });
    }
    out_.add_message(2, scratch_);
  }

  void write_mapping(const Mapping& mapping, std::size_t id) {
    add(out_, 3, scratch_, [&](MessageWriter& message) {
      message.number(1, id)
          .number(2, mapping.start)
          .number(3, mapping.limit)
          .number(4, mapping.offset)
          .number(5, string(mapping.file))
          .number(6, string(mapping.build_id))
          .flag(7, mapping.has_functions)
          .flag(8, mapping.has_filenames)
          .flag(9, mapping.has_line_numbers)
          .flag(10, mapping.has_inline_frames);
    });
  }

  void write_location(const Location& location, std::size_t id) {
    scratch_.clear();
    MessageWriter message(scratch_);
    message.number(1, id);
    message.number(2, location.mapping == k_none
                          ? std::uint64_t{0}
                          : std::uint64_t{location.mapping} + 1);
    message.number(3, location.address);
    pbf_writer lines(scratch_);
    for (const Line& line : profile_.lines_of(location)) {
      add(lines, 4, inner_scratch_, [&](MessageWriter& out) {
        out.number(1, std::uint64_t{line.function} + 1);
        out.number(2, line.line).number(3, line.column);
      });
    }
    message.flag(5, location.is_folded);
    out_.add_message(4, scratch_);
  }

  void write_function(const Function& function, std::size_t id) {
    add(out_, 5, scratch_, [&](MessageWriter& message) {
      message.number(1, id)
          .number(2, string(function.name))
          .number(3, string(function.system_name))
          .number(4, string(function.file))
          .number(5, function.start_line);
    });
  }

  void write_header() {
    MessageWriter header(bytes_);
    header.number(7, string(profile_.drop_frames))
        .number(8, string(profile_.keep_frames))
        .number(9, profile_.time_nanos)
        .number(10, profile_.duration_nanos);
    if (profile_.period_type != ValueKind{}) {
      write_value_kind(11, profile_.period_type);
    }
    header.number(12, profile_.period);
    for (const StringId comment : profile_.comments) {
      out_.add_uint64(13, string(comment));
    }
    header.number(14, string(profile_.default_sample_type))
        .number(15, string(profile_.doc_url));
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
