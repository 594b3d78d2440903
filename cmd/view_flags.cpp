// SPDX-License-Identifier: MIT
#include "cmd/view_flags.hpp"

#include "base/text.hpp"
#include "cli/flag_group.hpp"
#include "pprof/aggregate.hpp"
#include "pprof/filter.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <span>
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
     "Leave out frames above the outermost match"},
    {"--prune-from", &pprof::Filters::prune_from,
     "Leave out everything below the matching frame"},
    {"--tagfocus", &pprof::Filters::tag_focus,
     "Only samples with a matching label: regex, key=regex, or a range like "
     "1kb:"},
    {"--tagignore", &pprof::Filters::tag_ignore,
     "No samples with a matching label"},
    {"--tagshow", &pprof::Filters::tag_show, "Only labels whose key matches"},
    {"--taghide", &pprof::Filters::tag_hide, "No labels whose key matches"},
});

constexpr cli::Range<double> k_share = {.least = 0, .most = 1};

Result<double> read_divisor(std::string_view text) {
  const auto number = parse_number<double>(text);
  if (!number || !std::isfinite(*number) || *number <= 0) {
    return fail(
        ErrorKind::usage,
        fmt::format("invalid number \"{}\": must be greater than 0", text));
  }
  return *number;
}

/// A flag of `go tool pprof` that stands for another and its value.
struct ShortForm {
  const char* name;
  const char* value;
};

constexpr auto k_sample_indices = std::to_array<ShortForm>({
    {"--inuse-space", "inuse_space"},
    {"--inuse-objects", "inuse_objects"},
    {"--alloc-space", "alloc_space"},
    {"--alloc-objects", "alloc_objects"},
    {"--total-delay", "delay"},
    {"--mean-delay", "delay"},
    {"--contentions", "contentions"},
});

constexpr auto k_granularities = std::to_array<ShortForm>({
    {"--functions", "functions"},
    {"--filefunctions", "filefunctions"},
    {"--files", "files"},
    {"--lines", "lines"},
    {"--addresses", "addresses"},
});

/// Not in the help: those who have them in their fingers need none.
void add_short_forms(CLI::App& app, std::span<const ShortForm> forms,
                     const std::function<void(const ShortForm&)>& use) {
  for (const ShortForm& form : forms) {
    app.add_flag_callback(form.name, [use, &form] { use(form); })->group("");
  }
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
  cli::FlagGroup group(app, "What to show");
  group.parsed("--sample-index", options.sample_index, read_sample_index,
               "VALUE",
               "Value to show: a name such as inuse_space, or an index from 0 "
               "(default: the profile's default, else its last)");
  group
      .text("--unit", options.unit, "UNIT",
            "ms, mb, ...; minimum: one unit for all rows; auto: the best unit "
            "for each")
      ->capture_default_str();
  if (with_mean) {
    group.flag("--mean", options.mean,
               "Divide values by the first value (a count)");
  }
  group.parsed("--divide-by", options.divide_by, read_divisor, "N",
               "Divide all values by N");
  add_short_forms(app, k_sample_indices, [&options](const ShortForm& form) {
    options.sample_index = view::parse_sample_index(form.value);
    options.mean |= form.name == std::string_view("--mean-delay");
  });
}

void add_filter_expressions(CLI::App& app, pprof::Filters& filters) {
  cli::FlagGroup group(app, "Filters");
  for (const FilterFlag& filter : k_filters) {
    group.text(filter.name, filters.*filter.expression, "REGEX", filter.help);
  }
}

void add_filter_flags(CLI::App& app, view::Options& options) {
  add_filter_expressions(app, options.filters);
  cli::FlagGroup group(app, "Filters");
  group.flag("--relative-percentages", options.relative_percentages,
             "Percentages of the filtered total, not of everything");
  group.flag("--noinlines", options.noinlines,
             "Attribute inlined functions to their callers");
}

void add_row_flags(CLI::App& app, view::Options& options) {
  cli::FlagGroup group(app, "What to show");
  group.number("-r,--nodecount", options.node_count, {.least = 0}, "N",
               "Maximum number of rows; 0: all");
  group.flag("--cum", options.sort_by_cum, "Sort by cum (includes callees)");
  group.parsed("--granularity", options.granularity, pprof::parse_granularity,
               "WHAT",
               "What a row is: functions, filefunctions, files, lines or "
               "addresses");
  add_short_forms(app, k_granularities, [&options](const ShortForm& form) {
    options.granularity = *pprof::parse_granularity(form.value);
  });
  group.flag("--showcolumns", options.show_columns, "Show column numbers");
  group.number("--nodefraction", options.node_fraction, k_share, "F",
               "Drop rows below this share of the total");
  group.number("--edgefraction", options.edge_fraction, k_share, "F",
               "Drop calls below this share of the total");
  group.off("--no-trim", options.trim, "Do not drop any rows or calls");
  group.flag("--drop-negative", options.drop_negative,
             "Leave out negative values");
  group.flag("--compact-labels", options.compact_labels,
             "Leave out the header");
}

void add_source_path_flags(CLI::App& app, view::Options& options) {
  cli::FlagGroup group(app, "Source files");
  group.parsed_list("--source,--source-path", options.source_path, split_paths,
                    "DIR",
                    "Look for source files in this directory and its parents; "
                    "may be repeated (default: the current one)");
  group.parsed_list(
      "--trim-path", options.trim_path, split_paths, "PREFIX",
      "Trim this prefix from source paths; separate several with `:`");
}

void add_base_flags(CLI::App& app, BaseFlags& flags) {
  cli::FlagGroup group(app, "Compare");
  group.list("--base", flags.base, "SOURCE", "Subtract this SOURCE");
  group.list("--diff-base", flags.diff_base, "SOURCE",
             "Like --base, with percentages of this SOURCE");
  group.flag("--normalize", flags.normalize,
             "Scale the profile to the total of its base first");
}

Result<void> check(const view::Options& options, ShownAs shown) {
  TRY(pprof::check_filters(options.filters));
  const view::Options defaults;
  const bool is_shaped =
      options.unit != defaults.unit || options.divide_by != defaults.divide_by;
  if (is_shaped && shown == ShownAs::data) {
    return fail(ErrorKind::usage,
                "--unit and --divide-by apply only to tables: JSON and CSV use "
                "the profile's own unit");
  }
  return {};
}

std::vector<std::string> last_base(const BaseFlags& flags, Streams& streams) {
  const std::vector<std::string>& all =
      flags.diff_base.empty() ? flags.base : flags.diff_base;
  if (all.size() < 2) {
    return all;
  }
  print_note(streams, fmt::format("of {} bases the last counts, {}, as with go "
                                  "tool pprof; `merge` adds several up",
                                  all.size(), all.back()));
  return {all.back()};
}

Result<void> check(const BaseFlags& flags) {
  if (!flags.base.empty() && !flags.diff_base.empty()) {
    return fail(ErrorKind::usage,
                "--base cannot be combined with --diff-base: their "
                "percentages refer to different totals");
  }
  if (flags.normalize && flags.base.empty() && flags.diff_base.empty()) {
    return fail(ErrorKind::usage, "--normalize requires --base or --diff-base");
  }
  return {};
}

}  // namespace kprofefe::cmd
