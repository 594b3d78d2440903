// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

#include <fmt/format.h>

#include <string>

namespace kprofefe::test {

inline std::string describe_header(const pprof::Profile& profile) {
  const auto text = [&](pprof::StringId id) { return profile.strings.at(id); };
  std::string out;
  for (const pprof::ValueKind& kind : profile.sample_types) {
    out += fmt::format("type {}/{}\n", text(kind.type), text(kind.unit));
  }
  out += fmt::format("default {} doc {} period {}/{} {}\n",
                     text(profile.default_sample_type), text(profile.doc_url),
                     text(profile.period_type.type),
                     text(profile.period_type.unit), profile.period);
  out += fmt::format("time {} duration {} drop {} keep {}\n",
                     profile.time_nanos, profile.duration_nanos,
                     text(profile.drop_frames), text(profile.keep_frames));
  for (const pprof::StringId comment : profile.comments) {
    out += fmt::format("comment {}\n", text(comment));
  }
  return out;
}

/// ` key=text` and ` key:number unit`.
inline std::string describe_label(const pprof::Profile& profile,
                                  const pprof::Label& label) {
  const std::string_view key = profile.strings.at(label.key);
  return label.is_number
             ? fmt::format(" {}:{}{}", key, label.number,
                           profile.strings.at(label.unit))
             : fmt::format(" {}={}", key, profile.strings.at(label.text));
}

/// `1 2: 3 4 key=text`: values, indices of locations, labels.
inline std::string describe_samples(const pprof::Profile& profile) {
  std::string out;
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    const pprof::Sample& sample = profile.samples[i];
    out += fmt::format("{}: {}", fmt::join(profile.values_of(i), " "),
                       fmt::join(profile.frames_of(sample), " "));
    for (const pprof::Label& label : profile.labels_of(sample)) {
      out += describe_label(profile, label);
    }
    out += '\n';
  }
  return out;
}

inline std::string describe_location(const pprof::Profile& profile,
                                     const pprof::Location& location) {
  std::string out = fmt::format("location {:#x} m{}{}", location.address,
                                static_cast<std::int32_t>(location.mapping),
                                location.is_folded ? " folded" : "");
  for (const pprof::Line& line : profile.lines_of(location)) {
    out += fmt::format(" f{}:{}:{}", line.function, line.line, line.column);
  }
  return out + '\n';
}

/// All that a profile says, one thing a line. Two are the same when these are.
inline std::string describe(const pprof::Profile& profile) {
  const auto text = [&](pprof::StringId id) { return profile.strings.at(id); };
  std::string out = describe_header(profile) + describe_samples(profile);
  for (const pprof::Location& location : profile.locations) {
    out += describe_location(profile, location);
  }
  for (const pprof::Function& function : profile.functions) {
    out += fmt::format("function {} ({}) {}:{}\n", text(function.name),
                       text(function.system_name), text(function.file),
                       function.start_line);
  }
  for (const pprof::Mapping& mapping : profile.mappings) {
    out += fmt::format("mapping {:#x}-{:#x}+{:#x} {} {} {:d}{:d}{:d}{:d}\n",
                       mapping.start, mapping.limit, mapping.offset,
                       text(mapping.file), text(mapping.build_id),
                       mapping.has_functions, mapping.has_filenames,
                       mapping.has_line_numbers, mapping.has_inline_frames);
  }
  return out;
}

}  // namespace kprofefe::test
