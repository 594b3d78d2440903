// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/string_table.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kprofefe::pprof {

/// Says that there is no mapping or no function.
inline constexpr std::uint32_t k_none = ~std::uint32_t{0};

/// What a number measures: `cpu` in `nanoseconds`.
struct ValueKind {
  StringId type = 0;
  StringId unit = 0;

  bool operator==(const ValueKind&) const = default;
};

/// A file that is mapped into the program's memory; the first is the program.
struct Mapping {
  std::uint64_t start = 0;
  std::uint64_t limit = 0;
  std::uint64_t offset = 0;
  StringId file = 0;
  StringId build_id = 0;
  bool has_functions = false;
  bool has_filenames = false;
  bool has_line_numbers = false;
  bool has_inline_frames = false;

  bool operator==(const Mapping&) const = default;
};

struct Function {
  StringId name = 0;
  StringId system_name = 0;  ///< as the linker knows it
  StringId file = 0;
  std::int64_t start_line = 0;

  bool operator==(const Function&) const = default;
};

/// A place in the source.
struct Line {
  std::uint32_t function = k_none;  ///< index into Profile::functions
  std::int64_t line = 0;
  std::int64_t column = 0;

  bool operator==(const Line&) const = default;
};

/// An address in the program, with the lines that the compiler made it of.
struct Location {
  std::uint64_t address = 0;
  std::uint32_t mapping = k_none;  ///< index into Profile::mappings
  std::uint32_t first_line = 0;    ///< index into Profile::lines
  /// Of several, each was inlined into the next one. 0: no symbols.
  std::uint32_t line_count = 0;
  bool is_folded = false;
};

/// One value of a label: a text, or a number and its unit.
struct Label {
  StringId key = 0;
  StringId text = 0;  ///< 0 for a number
  std::int64_t number = 0;
  StringId unit = 0;
  bool is_number = false;

  bool operator==(const Label&) const = default;
};

/// A stack and its labels; the values are Profile::values_of() it.
struct Sample {
  std::uint32_t first_frame = 0;  ///< index into Profile::frames
  std::uint32_t frame_count = 0;
  std::uint32_t first_label = 0;  ///< index into Profile::labels
  std::uint32_t label_count = 0;
};

/// A profile as the message of profile.proto says it, resolved: names are
/// numbers of `strings`, references are indices (always valid in a profile
/// that was read). What belongs to a sample or a location stands in one
/// vector for all of them, so a large profile is few, large pieces of memory.
/// Ids mean nothing outside of their file; index + 1 is written. No two samples
/// share a part of `frames` or `labels`, no two locations one of `lines`; parts
/// that nobody names may be left over.
struct Profile {
  StringTable strings;
  std::vector<ValueKind> sample_types;
  StringId default_sample_type = 0;  ///< 0: it is not said
  ValueKind period_type;
  std::int64_t period = 0;
  std::int64_t time_nanos = 0;  ///< since 1970
  std::int64_t duration_nanos = 0;
  StringId drop_frames = 0;  ///< regular expressions over function names
  StringId keep_frames = 0;
  StringId doc_url = 0;
  std::vector<StringId> comments;

  std::vector<Mapping> mappings;
  /// What the file calls the first ones, for who prints it as it is; what is
  /// behind the end, and all when it is empty, is index + 1.
  std::vector<std::uint64_t> mapping_ids;
  std::vector<std::uint64_t> location_ids;  ///< the same of locations
  std::vector<Function> functions;
  std::vector<Line> lines;
  std::vector<Location> locations;
  std::vector<Sample> samples;
  std::vector<std::uint32_t> frames;  ///< indices of locations, leaf first
  /// Of one sample: texts before numbers, both by the text of their keys;
  /// those of one key as they came.
  std::vector<Label> labels;
  /// Of all samples, one value per sample type each.
  std::vector<std::int64_t> values;

  [[nodiscard]] std::span<const Line> lines_of(const Location& location) const {
    return std::span(lines).subspan(location.first_line, location.line_count);
  }

  [[nodiscard]] std::span<const std::uint32_t> frames_of(
      const Sample& sample) const {
    return std::span(frames).subspan(sample.first_frame, sample.frame_count);
  }

  [[nodiscard]] std::span<const Label> labels_of(const Sample& sample) const {
    return std::span(labels).subspan(sample.first_label, sample.label_count);
  }

  /// Of the sample with that index.
  [[nodiscard]] std::span<const std::int64_t> values_of(
      std::size_t sample) const {
    return std::span(values).subspan(sample * sample_types.size(),
                                     sample_types.size());
  }

  [[nodiscard]] std::span<std::int64_t> values_of(std::size_t sample) {
    return std::span(values).subspan(sample * sample_types.size(),
                                     sample_types.size());
  }
};

}  // namespace kprofefe::pprof
