// SPDX-License-Identifier: MIT
#include "view/text/header.hpp"

#include "base/arithmetic.hpp"
#include "base/local_time.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "pprof/measurement.hpp"
#include "pprof/scale.hpp"

#include <fmt/format.h>

#include <array>
#include <ctime>
#include <iterator>

namespace kprofefe::view {
namespace {

constexpr std::int64_t k_second = 1'000'000'000;

struct LocalTime {
  std::tm parts{};
  std::int64_t fraction = 0;  ///< nanoseconds
};

LocalTime split_time(std::int64_t nanoseconds) {
  LocalTime time;
  time.fraction = nanoseconds % k_second;
  auto seconds = static_cast<std::time_t>(nanoseconds / k_second);
  if (time.fraction < 0) {
    time.fraction += k_second;
    --seconds;
  }
  time.parts = local_calendar(seconds);
  return time;
}

std::string formatted(const std::tm& time, const char* format) {
  std::array<char, 128> buffer{};
  const std::size_t size =
      std::strftime(buffer.data(), buffer.size(), format, &time);
  return {buffer.data(), size};
}

std::string duration_line(const Prepared& prepared, const ValueFormat& format) {
  const std::int64_t duration = prepared.profile.duration_nanos;
  const pprof::Measure busy =
      pprof::convert(prepared.total, prepared.sample_unit, "nanoseconds");
  std::string share;
  if (busy.unit == "ns" && busy.value != 0) {
    share = fmt::format("({})",
                        percentage(pprof::to_integer(busy.value), duration));
  }
  return fmt::format("Duration: {}, Total samples = {} {}",
                     pprof::measure_text(duration, "nanoseconds", "auto"),
                     format(prepared.total), share);
}

void add_program(const pprof::Profile& profile,
                 std::vector<std::string>& lines) {
  if (profile.mappings.empty()) {
    return;
  }
  const pprof::Mapping& program = profile.mappings.front();
  if (program.file != 0) {
    lines.push_back(
        fmt::format("File: {}", base_name(profile.strings.at(program.file))));
  }
  if (program.build_id != 0) {
    lines.push_back(
        fmt::format("Build ID: {}", profile.strings.at(program.build_id)));
  }
}

void add_filters(const Prepared& prepared, std::vector<std::string>& lines) {
  constexpr std::size_t k_longest = 80;
  if (prepared.active_filters.empty()) {
    return;
  }
  lines.emplace_back("Active filters:");
  for (const std::string& filter : prepared.active_filters) {
    lines.push_back(filter.size() > k_longest
                        ? fmt::format("   {}…", filter.substr(0, k_longest))
                        : fmt::format("   {}", filter));
  }
}

void add_extent(const Prepared& prepared, const ValueFormat& format,
                const Extent& extent, std::vector<std::string>& lines) {
  const std::int64_t total = prepared.total;
  lines.push_back(fmt::format(
      "Showing nodes accounting for {}, {} of {} total", format(extent.shown),
      trim(percentage(extent.shown, total)), format(total)));
  if (total == 0) {
    return;
  }
  const auto add_dropped = [&](std::size_t count, std::string_view what,
                               std::string_view value, double fraction) {
    if (count > 0) {
      const std::int64_t cutoff =
          magnitude(pprof::to_integer(static_cast<double>(total) * fraction));
      lines.push_back(fmt::format("Dropped {} {}{} ({} <= {})", count, what,
                                  count > 1 ? "s" : "", value, format(cutoff)));
    }
  };
  add_dropped(extent.dropped_nodes, "node", "cum",
              prepared.options.node_fraction);
  add_dropped(extent.dropped_edges, "edge", "freq",
              prepared.options.edge_fraction);
  if (extent.nodes > 0 && extent.nodes < extent.original_nodes) {
    lines.push_back(fmt::format("Showing top {} nodes out of {}", extent.nodes,
                                extent.original_nodes));
  }
}

}  // namespace

std::vector<std::string> profile_header(const Prepared& prepared,
                                        const ValueFormat& format) {
  const pprof::Profile& profile = prepared.profile;
  std::vector<std::string> lines;
  add_program(profile, lines);
  for (const pprof::StringId comment : profile.comments) {
    // The others are notes for programs.
    if (!profile.strings.at(comment).starts_with('#')) {
      lines.emplace_back(profile.strings.at(comment));
    }
  }
  if (!prepared.sample_type.empty()) {
    lines.push_back("Type: " + prepared.sample_type);
  }
  if (profile.doc_url != 0) {
    lines.push_back(
        fmt::format("Doc: {}", profile.strings.at(profile.doc_url)));
  }
  if (profile.time_nanos != 0) {
    lines.push_back("Time: " + local_time(profile.time_nanos));
  }
  if (profile.duration_nanos != 0) {
    lines.push_back(duration_line(prepared, format));
  }
  return lines;
}

std::vector<std::string> report_header(const Prepared& prepared,
                                       const ValueFormat& format,
                                       const Extent& extent) {
  std::vector<std::string> lines;
  if (!prepared.options.compact_labels) {
    lines = profile_header(prepared, format);
  }
  add_filters(prepared, lines);
  add_extent(prepared, format, extent, lines);
  return lines;
}

std::vector<std::string> legend(const Prepared& prepared,
                                const ValueFormat& format,
                                const Extent& extent) {
  std::vector<std::string> lines = profile_header(prepared, format);
  add_filters(prepared, lines);
  add_extent(prepared, format, extent, lines);
  lines.emplace_back();
  lines.emplace_back("See https://git.io/JfYMW for how to read the graph");
  return lines;
}

std::string local_time(std::int64_t nanoseconds) {
  return formatted(split_time(nanoseconds).parts, "%Y-%m-%d %H:%M:%S %Z");
}

std::string local_time_in_full(std::int64_t nanoseconds) {
  const LocalTime time = split_time(nanoseconds);
  std::string fraction;
  if (time.fraction != 0) {
    fraction = fmt::format(".{:09}", time.fraction);
    fraction.resize(fraction.find_last_not_of('0') + 1);
  }
  return formatted(time.parts, "%Y-%m-%d %H:%M:%S") + fraction +
         formatted(time.parts, " %z %Z");
}

}  // namespace kprofefe::view
