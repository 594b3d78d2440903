// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/aggregate.hpp"
#include "pprof/filter.hpp"
#include "pprof/function_names.hpp"
#include "pprof/label_frames.hpp"
#include "view/go_sources.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kprofefe::view {

/// What a profile is prepared for: each has its own defaults.
enum class ReportKind : std::uint8_t {
  top,
  tree,
  peek,
  tags,
  raw,
  traces,
  list,
  dot,
  svg,
  callgrind,
  proto,
  top_proto,
  comments,
};

/// The value of a sample to show: its number, or the name of its type; nothing:
/// the profile's default sample type, or else its last.
using SampleIndex = std::variant<std::monostate, std::int64_t, std::string>;

/// Reads a number as Go's strconv.Atoi does, else a name; nothing of nothing.
SampleIndex parse_sample_index(std::string_view text);

/// The options of `go tool pprof`, with its defaults.
struct Options {
  SampleIndex sample_index;
  /// A unit, `auto`, or `minimum`: one for all rows, small enough for each.
  std::string unit = "minimum";
  bool sort_by_cum = false;
  /// Values are divided by the first one of their sample (a count).
  bool mean = false;
  double divide_by = 1;
  /// Rows at most; 0: all. -1: as the report likes it.
  int node_count = -1;
  double node_fraction = 0.005;  ///< rows below it, of all, are dropped
  double edge_fraction = 0.001;  ///< the same for calls
  bool trim = true;              ///< false: show all, whatever the three say
  bool drop_negative = false;
  /// Percentages of what the filters leave, not of all samples.
  bool relative_percentages = false;
  /// Paths through the same functions stay apart: of dot and callgrind.
  bool call_tree = false;
  bool compact_labels = false;  ///< no description of the profile on top
  bool noinlines = false;       ///< inlined functions count as their callers
  bool show_columns = false;
  pprof::Granularity granularity = pprof::Granularity::functions;
  pprof::NameOptions names;  ///< before anything is filtered
  pprof::Filters filters;
  pprof::LabelFrames label_frames;
  std::string add_comment;  ///< becomes the last comment; empty: none
  /// Folders to look for source files in; none: the current one.
  std::vector<std::string> source_path;
  /// Prefixes to cut off the names of source files.
  std::vector<std::string> trim_path;
  /// Where else, when that finds none.
  GoSources go_sources;
};

/// With what the report of that kind does not leave to its user, and its
/// defaults filled in (driver.applyCommandOverrides of pprof).
Options options_for(ReportKind kind, Options options);

}  // namespace kprofefe::view
