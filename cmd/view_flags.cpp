// SPDX-License-Identifier: MIT
#include "cmd/view_flags.hpp"

#include "cmd/flag_group.hpp"

#include "base/text.hpp"
#include "pprof/aggregate.hpp"
#include "pprof/filter.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string_view>

namespace kprofefe::cmd {
namespace {

struct FilterFlag {
  const char* name;
  std::string pprof::Filters::* expression;
  const char* help;
};

constexpr auto k_filters = std::to_array<FilterFlag>({
    {"--focus", &pprof::Filters::focus,
     "Only stacks with a frame that matches"},
    {"--ignore", &pprof::Filters::ignore,
     "No stacks with a frame that matches"},
    {"--hide", &pprof::Filters::hide, "Leave out frames that match"},
    {"--show", &pprof::Filters::show, "Leave out frames that do not match"},
    {"--show-from", &pprof::Filters::show_from,
     "Leave out the callers of the outermost frame that matches"},
    {"--prune-from", &pprof::Filters::prune_from,
     "Drop the frame that matches and everything it calls"},
    {"--tagfocus", &pprof::Filters::tag_focus,
     "Only samples with such a label: a regex, key=regex, or a range as 1kb:"},
    {"--tagignore", &pprof::Filters::tag_ignore,
     "No samples with such a label"},
    {"--tagshow", &pprof::Filters::tag_show, "Only labels whose key matches"},
    {"--taghide", &pprof::Filters::tag_hide, "No labels whose key matches"},
});

/// For CLI::Option::check(): CLI11's own takes `nan`, and says how large a
/// number may be in 309 digits.
std::string refuse_divisor(const std::string& text) {
  char* stopped = nullptr;
  const double number = std::strtod(text.c_str(), &stopped);
  const bool is_read = stopped == text.c_str() + text.size();
  return is_read && std::isfinite(number) && number > 0
             ? ""
             : fmt::format("\"{}\" is not a number greater than 0", text);
}

Result<view::SampleIndex> read_sample_index(std::string_view text) {
  return view::parse_sample_index(text);
}

/// Each may be a list, as for `go tool pprof`.
Result<std::vector<std::string>> split_paths(
    const std::vector<std::string>& lists) {
  std::vector<std::string> paths;
  for (const std::string& list : lists) {
    for (const std::string_view path : split(list, ':')) {
      paths.emplace_back(path);
    }
  }
  return paths;
}

}  // namespace

void add_value_flags(CLI::App& app, view::Options& options, bool with_mean) {
  FlagGroup group(app, "What to show");
  group.parsed("--sample-index", options.sample_index, read_sample_index,
               "VALUE",
               "Which value: its name, as inuse_space, or its number from 0 "
               "(default: what the profile says, else its last)");
  group
      .value("--unit", options.unit, "UNIT",
             "ms, mb, ...; minimum: one unit for all rows; auto: the best unit "
             "for "
             "each")
      ->capture_default_str();
  if (with_mean) {
    group.flag("--mean", options.mean,
               "Values divided by the first value, a count");
  }
  group.value("--divide-by", options.divide_by, "N", "Divide all values")
      ->check(refuse_divisor);
}

void add_filter_flags(CLI::App& app, view::Options& options) {
  FlagGroup group(app, "Which samples and frames");
  for (const FilterFlag& filter : k_filters) {
    group.value(filter.name, options.filters.*filter.expression, "REGEX",
                filter.help);
  }
  group.flag("--relative-percentages", options.relative_percentages,
             "Percentages of what the filters leave, not of everything");
  group.flag("--noinlines", options.noinlines,
             "Count inlined functions as their callers");
}

void add_row_flags(CLI::App& app, view::Options& options) {
  FlagGroup group(app, "What to show");
  group
      .value("-r,--nodecount", options.node_count, "N", "Rows at most; 0: all")
      ->check(CLI::Range(0, std::numeric_limits<int>::max()));
  group.flag("--cum", options.sort_by_cum, "Sort by cum: with what is called");
  group.parsed("--granularity", options.granularity, pprof::parse_granularity,
               "WHAT",
               "What a row is: functions, filefunctions, files, lines or "
               "addresses");
  group.flag("--showcolumns", options.show_columns, "Show column numbers");
  group
      .value("--nodefraction", options.node_fraction, "F",
             "Drop rows below this share of the total")
      ->capture_default_str();
  group
      .value("--edgefraction", options.edge_fraction, "F",
             "Drop calls below this share of the total")
      ->capture_default_str();
  group.off("--no-trim", options.trim, "Drop nothing");
  group.flag("--drop-negative", options.drop_negative,
             "Leave out what is below 0");
  group.flag("--compact-labels", options.compact_labels,
             "Leave out the header");
}

void add_source_path_flags(CLI::App& app, view::Options& options) {
  FlagGroup group(app, "Source files");
  group.parsed_list("--source", options.source_path, split_paths, "DIR",
                    "Look for source files in this folder and those above it; "
                    "may be repeated (default: the current one)");
  group.parsed_list("--trim-path", options.trim_path, split_paths, "PREFIX",
                    "Cut this off the names of source files; several with `:`");
}

void add_base_flags(CLI::App& app, BaseFlags& flags) {
  FlagGroup group(app, "Compare");
  group.list("--base", flags.base, "SOURCE",
             "Subtract this SOURCE; may be repeated: their sum");
  group.list("--diff-base", flags.diff_base, "SOURCE",
             "The same, with percentages of this SOURCE");
  group.flag("--normalize", flags.normalize,
             "First scale the profile to the total of its base");
}

Result<void> check(const view::Options& options, ShownAs shown) {
  TRY(pprof::check_filters(options.filters));
  const view::Options defaults;
  const bool is_shaped =
      options.unit != defaults.unit || options.divide_by != defaults.divide_by;
  if (is_shaped && shown == ShownAs::data) {
    return fail(ErrorKind::usage,
                "--unit and --divide-by are for the table: JSON and CSV have "
                "the values of the profile, in its own unit");
  }
  return {};
}

Result<void> check(const BaseFlags& flags) {
  if (!flags.base.empty() && !flags.diff_base.empty()) {
    return fail(ErrorKind::usage,
                "--base cannot be combined with --diff-base: both subtract, "
                "and percentages are of one or the other");
  }
  if (flags.normalize && flags.base.empty() && flags.diff_base.empty()) {
    return fail(ErrorKind::usage,
                "--normalize needs a --base or --diff-base to scale to");
  }
  return {};
}

}  // namespace kprofefe::cmd
