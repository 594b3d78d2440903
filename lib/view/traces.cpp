// SPDX-License-Identifier: MIT
#include "view/traces.hpp"

#include "base/sink_buffer.hpp"
#include "pprof/measurement.hpp"
#include "view/graph/nodes.hpp"
#include "view/text/aligned.hpp"
#include "view/text/header.hpp"
#include "view/text/label_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

namespace kprofefe::view {
namespace {

constexpr std::string_view k_separator =
    "-----------+-------------------------------------------------------\n";

std::string value_text(const Prepared& prepared, const pprof::Label& label) {
  if (!label.is_number) {
    return std::string(prepared.profile.strings.at(label.text));
  }
  const auto unit = prepared.number_units.find(label.key);
  return pprof::measure_text(
      label.number, unit == prepared.number_units.end() ? "" : unit->second,
      "auto");
}

/// One line per key, with all of its values.
void append_labels(std::string& text, const Prepared& prepared, Labels labels,
                   bool numbers) {
  std::vector<std::string> lines;
  while (!labels.empty()) {
    const Labels group = first_group(labels);
    labels = labels.subspan(group.size());
    if (group.front().is_number != numbers) {
      continue;
    }
    std::vector<std::string> values;
    values.reserve(group.size());
    for (const pprof::Label& label : group) {
      values.push_back(value_text(prepared, label));
    }
    const auto key = prepared.profile.strings.at(group.front().key);
    lines.push_back(
        fmt::format("{}:  {}\n", pad_left(key, 10), fmt::join(values, " ")));
  }
  std::ranges::sort(lines);
  fmt::format_to(std::back_inserter(text), "{}", fmt::join(lines, ""));
}

std::vector<std::string> names_of(const LocationNodes& locations,
                                  const pprof::StringTable& strings) {
  std::vector<std::string> names;
  names.reserve(locations.infos.size());
  for (const NodeInfo& info : locations.infos) {
    names.push_back(printable_name(info, strings));
  }
  return names;
}

/// False when the sink took no more.
bool append_stack(SinkBuffer& out, const Prepared& prepared,
                  const LocationNodes& locations,
                  const std::vector<std::string>& names, std::size_t at) {
  const pprof::Profile& profile = prepared.profile;
  std::string value = prepared.format()(prepared.weight_of(at).value());
  for (const std::uint32_t frame : profile.frames_of(profile.samples[at])) {
    const auto nodes = locations.at(frame);
    for (std::size_t line = 0; line < nodes.size(); ++line) {
      fmt::format_to(std::back_inserter(out.text()), "{:>10}   {}{}\n", value,
                     names[nodes[line]],
                     line + 1 < nodes.size() ? " (inline)" : "");
      value.clear();
    }
    if (!out.pass_on()) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool write_traces(const Prepared& prepared, const Sink& sink) {
  const pprof::Profile& profile = prepared.profile;
  SinkBuffer out(sink);
  out.text() = fmt::format(
      "{}\n", fmt::join(profile_header(prepared, prepared.format()), "\n"));
  const LocationNodes locations = nodes_of_locations(profile, false);
  const std::vector<std::string> names = names_of(locations, profile.strings);
  for (std::size_t at = 0; at < profile.samples.size(); ++at) {
    const pprof::Sample& sample = profile.samples[at];
    if (sample.frame_count == 0) {
      continue;
    }
    out.text() += k_separator;
    append_labels(out.text(), prepared, profile.labels_of(sample), false);
    append_labels(out.text(), prepared, profile.labels_of(sample), true);
    if (!append_stack(out, prepared, locations, names, at)) {
      return false;
    }
  }
  out.text() += k_separator;
  return out.flush();
}

}  // namespace kprofefe::view
