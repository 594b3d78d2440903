// SPDX-License-Identifier: MIT
#include "pprof/wire/raw_profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::pprof {
namespace {

/// The first walk over a message.
class RawReader {
 public:
  RawReader(std::string_view message, const ReadLimits& limits)
      : limits_(limits) {
    raw_.message = message;
  }

  Result<RawProfile> read() {
    const auto whole = for_each_profile_field(
        raw_.message, [&](const Field& field) { return take(field); });
    if (!problem_.empty()) {
      return fail(ErrorKind::malformed, problem_);
    }
    TRY(whole);
    if (raw_.string_ids.empty()) {
      // Go writes it last, so it is what a profile lacks that was cut short
      // where nothing else shows it.
      return fail(ErrorKind::malformed,
                  fmt::format("malformed profile: no string table; it ends "
                              "after {} bytes and may be truncated",
                              raw_.message.size()));
    }
    return std::move(raw_);
  }

 private:
  bool take(const Field& field) {
    switch (field.number) {
      case proto::Profile::sample_type:
        return take_sample_type(field.bytes);
      case proto::Profile::sample:
        return take_into(raw_.samples, field);
      case proto::Profile::mapping:
        return take_into(raw_.mappings, field);
      case proto::Profile::location:
        return take_into(raw_.locations, field);
      case proto::Profile::function:
        return take_into(raw_.functions, field);
      case proto::Profile::string_table:
        return take_string(field.bytes);
      case proto::Profile::period_type:
        return read_value_type(field.bytes, raw_.period_type);
      case proto::Profile::comment:
        return for_each_number(field, [&](std::uint64_t comment) {
          raw_.comments.push_back(comment);
        });
      default:
        return take_number(field);
    }
  }

  bool take_number(const Field& field) {
    const auto number = static_cast<std::int64_t>(field.value);
    switch (field.number) {
      case proto::Profile::drop_frames:
        raw_.drop_frames = field.value;
        break;
      case proto::Profile::keep_frames:
        raw_.keep_frames = field.value;
        break;
      case proto::Profile::time_nanos:
        return take_time(number);
      case proto::Profile::duration_nanos:
        raw_.duration_nanos = number;
        break;
      case proto::Profile::period:
        raw_.period = number;
        break;
      case proto::Profile::default_sample_type:
        raw_.default_sample_type = field.value;
        break;
      case proto::Profile::doc_url:
        raw_.doc_url = field.value;
        break;
      default:
        break;
    }
    return true;
  }

  bool take_time(std::int64_t nanos) {
    // pprof's own sign of profiles that were appended to each other.
    if (raw_.time_nanos != 0) {
      return complain("concatenated profiles detected");
    }
    raw_.time_nanos = nanos;
    return true;
  }

  bool take_sample_type(std::string_view message) {
    if (raw_.sample_types.size() >= limits_.max_sample_types) {
      return complain_of_size(
          fmt::format("more than {} sample types", limits_.max_sample_types));
    }
    return read_value_type(message, raw_.sample_types.emplace_back());
  }

  bool take_string(std::string_view text) {
    if (raw_.string_ids.empty() && !text.empty()) {
      return complain("the first entry of the string table is not empty");
    }
    if (raw_.string_ids.size() >= limits_.max_count) {
      return too_many("string");
    }
    raw_.string_ids.push_back(raw_.strings.add(text));
    return true;
  }

  bool take_into(Section& section, const Field& field) {
    section.begin = section.count == 0 ? field.begin : section.begin;
    section.end =
        static_cast<std::size_t>(field.bytes.data() - raw_.message.data()) +
        field.bytes.size();
    ++section.count;
    return section.count <= limits_.max_count ||
           too_many(profile_field_name(section.field));
  }

  bool too_many(std::string_view what) {
    return complain_of_size(
        fmt::format("more than {} {}s", limits_.max_count, what));
  }

  bool complain(std::string_view what) {
    problem_ = malformed(what);
    return false;
  }

  bool complain_of_size(std::string_view what) {
    problem_ = too_large(what);
    return false;
  }

  const ReadLimits& limits_;
  RawProfile raw_;
  std::string problem_;
};

}  // namespace

Result<RawProfile> read_raw(std::string_view message,
                            const ReadLimits& limits) {
  return RawReader(message, limits).read();
}

}  // namespace kprofefe::pprof
