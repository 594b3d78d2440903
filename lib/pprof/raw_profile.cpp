// SPDX-License-Identifier: MIT
#include "pprof/raw_profile.hpp"

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
      return fail(ErrorKind::malformed, "broken profile: " + problem_);
    }
    TRY(whole);
    if (raw_.string_ids.empty()) {
      // Go writes it last, so it is what a profile lacks that was cut short
      // where nothing else shows it.
      return fail(ErrorKind::malformed,
                  fmt::format("broken profile: it has no string table; it ends "
                              "after {} bytes, and may have been cut short",
                              raw_.message.size()));
    }
    return std::move(raw_);
  }

 private:
  bool take(const Field& field) {
    switch (field.number) {
      case 1:
        return take_sample_type(field.bytes);
      case 2:
        return take_into(raw_.samples, field);
      case 3:
        return take_into(raw_.mappings, field);
      case 4:
        return take_into(raw_.locations, field);
      case 5:
        return take_into(raw_.functions, field);
      case 6:
        return take_string(field.bytes);
      case 11:
        return take_value_type(field.bytes, raw_.period_type);
      case 13:
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
      case 7:
        raw_.drop_frames = field.value;
        break;
      case 8:
        raw_.keep_frames = field.value;
        break;
      case 9:
        return take_time(number);
      case 10:
        raw_.duration_nanos = number;
        break;
      case 12:
        raw_.period = number;
        break;
      case 14:
        raw_.default_sample_type = field.value;
        break;
      case 15:
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
      return complain("these are several profiles, one after the other");
    }
    raw_.time_nanos = nanos;
    return true;
  }

  static bool take_value_type(std::string_view message, RawValueType& type) {
    std::array<std::uint64_t, 3> numbers{};
    const bool fine = take_numbers(message, numbers);
    type = {.type = numbers[1], .unit = numbers[2]};
    return fine;
  }

  bool take_sample_type(std::string_view message) {
    if (raw_.sample_types.size() >= limits_.max_sample_types) {
      return complain(fmt::format("it has more than {} sample types",
                                  limits_.max_sample_types));
    }
    return take_value_type(message, raw_.sample_types.emplace_back());
  }

  bool take_string(std::string_view text) {
    if (raw_.string_ids.empty() && !text.empty()) {
      return complain("the first string of its table is not empty");
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
    return complain(
        fmt::format("it has more than {} {}s", limits_.max_count, what));
  }

  bool complain(std::string problem) {
    problem_ = std::move(problem);
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
