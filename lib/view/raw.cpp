// SPDX-License-Identifier: MIT
#include "view/raw.hpp"

#include "base/sink_buffer.hpp"
#include "base/text.hpp"
#include "view/text/go_duration.hpp"
#include "view/text/header.hpp"
#include "view/text/label_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

namespace kprofefe::view {
namespace {

/// What the file calls the entry with that index.
std::uint64_t id_of(const std::vector<std::uint64_t>& ids, std::size_t index) {
  return index < ids.size() ? ids[index] : index + 1;
}

/// `key:[a b]`, or `key:[1 bytes 2 bytes]`.
std::string group_text(const pprof::Profile& profile, Labels group) {
  const bool has_units = std::ranges::any_of(
      group, [](const pprof::Label& label) { return label.unit != 0; });
  std::vector<std::string> values;
  values.reserve(group.size());
  for (const pprof::Label& label : group) {
    if (!label.is_number) {
      values.emplace_back(profile.strings.at(label.text));
    } else {
      values.push_back(has_units ? fmt::format("{} {}", label.number,
                                               profile.strings.at(label.unit))
                                 : fmt::format("{}", label.number));
    }
  }
  return fmt::format("{}:[{}]", profile.strings.at(group.front().key),
                     fmt::join(values, " "));
}

void append_labels(std::string& text, const pprof::Profile& profile,
                   Labels labels, bool numbers) {
  std::vector<std::string> groups;
  while (!labels.empty()) {
    const Labels group = first_group(labels);
    labels = labels.subspan(group.size());
    if (group.front().is_number == numbers) {
      groups.push_back(group_text(profile, group));
    }
  }
  std::ranges::sort(groups);
  if (!groups.empty()) {
    fmt::format_to(std::back_inserter(text), "                {}\n",
                   fmt::join(groups, " "));
  }
}

void append_head(std::string& text, const pprof::Profile& profile) {
  const pprof::StringTable& strings = profile.strings;
  auto out = std::back_inserter(text);
  for (const pprof::StringId comment : profile.comments) {
    fmt::format_to(out, "Comment: {}\n", strings.at(comment));
  }
  if (profile.doc_url != 0) {
    fmt::format_to(out, "Doc: {}\n", strings.at(profile.doc_url));
  }
  fmt::format_to(out, "PeriodType: {} {}\nPeriod: {}\n",
                 strings.at(profile.period_type.type),
                 strings.at(profile.period_type.unit), profile.period);
  if (profile.time_nanos != 0) {
    fmt::format_to(out, "Time: {}\n", local_time_in_full(profile.time_nanos));
  }
  if (profile.duration_nanos != 0) {
    // pprof cuts the text: 30.01s is `30.0`.
    fmt::format_to(out, "Duration: {:.4}\n",
                   go_duration(profile.duration_nanos));
  }
}

/// False when the sink took no more.
bool append_samples(SinkBuffer& out, const pprof::Profile& profile) {
  const pprof::StringTable& strings = profile.strings;
  std::string types;
  for (const pprof::ValueKind& kind : profile.sample_types) {
    fmt::format_to(std::back_inserter(types), "{}/{}{} ", strings.at(kind.type),
                   strings.at(kind.unit),
                   kind.type == profile.default_sample_type ? "[dflt]" : "");
  }
  fmt::format_to(std::back_inserter(out.text()), "Samples:\n{}\n", trim(types));
  for (std::size_t at = 0; at < profile.samples.size(); ++at) {
    const pprof::Sample& sample = profile.samples[at];
    std::string& text = out.text();
    for (const std::int64_t value : profile.values_of(at)) {
      fmt::format_to(std::back_inserter(text), " {:10}", value);
    }
    text += ": ";
    for (const std::uint32_t location : profile.frames_of(sample)) {
      fmt::format_to(std::back_inserter(text), "{} ",
                     id_of(profile.location_ids, location));
    }
    text += '\n';
    append_labels(text, profile, profile.labels_of(sample), false);
    append_labels(text, profile, profile.labels_of(sample), true);
    if (!out.pass_on()) {
      return false;
    }
  }
  return true;
}

std::string line_text(const pprof::Profile& profile, const pprof::Line& line) {
  if (line.function == pprof::k_none) {
    return "??";
  }
  const pprof::StringTable& strings = profile.strings;
  const pprof::Function& function = profile.functions[line.function];
  std::string text = fmt::format("{} {}:{}:{} s={}", strings.at(function.name),
                                 strings.at(function.file), line.line,
                                 line.column, function.start_line);
  if (function.name != function.system_name) {
    fmt::format_to(std::back_inserter(text), "({})",
                   strings.at(function.system_name));
  }
  return text;
}

void append_location(std::string& text, const pprof::Profile& profile,
                     std::size_t index) {
  const pprof::Location& location = profile.locations[index];
  std::string start = fmt::format(
      "{:6}: {:#x} ", id_of(profile.location_ids, index), location.address);
  if (location.mapping != pprof::k_none) {
    fmt::format_to(std::back_inserter(start), "M={} ",
                   id_of(profile.mapping_ids, location.mapping));
  }
  if (location.is_folded) {
    start += "[F] ";
  }
  for (const pprof::Line& line : profile.lines_of(location)) {
    text += start + line_text(profile, line) + '\n';
    start = "             ";
  }
  if (location.line_count == 0) {
    text += start + '\n';
  }
}

void append_mappings(std::string& text, const pprof::Profile& profile) {
  text += "Mappings\n";
  for (std::size_t at = 0; at < profile.mappings.size(); ++at) {
    const pprof::Mapping& mapping = profile.mappings[at];
    fmt::format_to(std::back_inserter(text),
                   "{}: {:#x}/{:#x}/{:#x} {} {} {}{}{}{}\n",
                   id_of(profile.mapping_ids, at), mapping.start, mapping.limit,
                   mapping.offset, profile.strings.at(mapping.file),
                   profile.strings.at(mapping.build_id),
                   mapping.has_functions ? "[FN]" : "",
                   mapping.has_filenames ? "[FL]" : "",
                   mapping.has_line_numbers ? "[LN]" : "",
                   mapping.has_inline_frames ? "[IN]" : "");
  }
}

}  // namespace

bool write_raw(const Prepared& prepared, const Sink& sink) {
  const pprof::Profile& profile = prepared.profile;
  SinkBuffer out(sink);
  append_head(out.text(), profile);
  if (!append_samples(out, profile)) {
    return false;
  }
  out.text() += "Locations\n";
  for (std::size_t at = 0; at < profile.locations.size(); ++at) {
    append_location(out.text(), profile, at);
    if (!out.pass_on()) {
      return false;
    }
  }
  append_mappings(out.text(), profile);
  return out.flush();
}

}  // namespace kprofefe::view
