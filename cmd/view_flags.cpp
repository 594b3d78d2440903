// SPDX-License-Identifier: MIT
#include "cmd/view_flags.hpp"

#include "base/choice.hpp"
#include "base/text.hpp"
#include "cli/flag_group.hpp"
#include "pprof/filter.hpp"
#include "pprof/granularity_names.hpp"
#include "pprof/label_frames.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <functional>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

namespace kprofefe::cmd {
namespace {

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

constexpr const char* k_what_to_show = "What to show";

/// A flag with no heading is not in the help.
const char* heading_if(bool is_shown) {
  return is_shown ? k_what_to_show : "";
}

/// What the flags for rows change of a report.
struct RowEffects {
  bool granularity = false;
  bool order = false;     ///< also what is above the rows
  bool negative = false;  ///< rows of negative values
  bool limits = false;    ///< which rows are too small to show
  bool paths = false;     ///< what tells a function apart
};

constexpr RowEffects effects_on(view::ReportKind kind) {
  switch (kind) {
    case view::ReportKind::top:
    case view::ReportKind::top_proto:
    case view::ReportKind::tree:
      return {
          .granularity = true, .order = true, .negative = true, .limits = true};
    case view::ReportKind::dot:
    case view::ReportKind::svg:
      return {
          .granularity = true, .negative = true, .limits = true, .paths = true};
    case view::ReportKind::callgrind:
      return {.order = true, .negative = true, .paths = true};
    case view::ReportKind::peek:
      return {.granularity = true, .order = true, .negative = true};
    case view::ReportKind::traces:
      return {.granularity = true};
    case view::ReportKind::list:
      return {.negative = true};
    default:
      return {};
  }
}

/// The value of pprof's option `sort`: whether it is by cum.
Result<bool> read_order(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, bool>, 2> k_orders = {
      {{"flat", false}, {"cum", true}}};
  return parse_choice(name, k_orders);
}

/// What else `go tool pprof` calls these, and what it takes and has no effect
/// on text.
void add_other_spellings(CLI::App& app, view::Options& options) {
  cli::FlagGroup hidden(app, "");
  hidden.flag("--trim", options.trim, "");
  hidden.place(app.add_flag_callback(
      "--flat", [&options] { options.sort_by_cum = false; }));
  hidden.parsed("--sort", options.sort_by_cum, read_order, "ORDER", "");
  hidden.place(app.add_flag("--intel-syntax"));
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
  cli::FlagGroup group(app, k_what_to_show);
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
  group.text("--add-comment", options.add_comment, "TEXT",
             "Add a comment to the profile");
  add_short_forms(app, k_sample_indices, [&options](const ShortForm& form) {
    options.sample_index = view::parse_sample_index(form.value);
    options.mean |= form.name == std::string_view("--mean-delay");
  });
}

void add_filter_expressions(CLI::App& app, pprof::Filters& filters) {
  cli::FlagGroup group(app, "Filters");
  for (const pprof::FilterKind& filter : pprof::k_filters) {
    std::string flag = fmt::format("--{}", filter.name);
    std::ranges::replace(flag, '_', '-');
    group.text(flag.c_str(), filters.*filter.expression, "REGEX",
               std::string(filter.help));
  }
}

void add_label_frame_flags(CLI::App& app, pprof::LabelFrames& frames) {
  cli::FlagGroup group(app, "Filters");
  group.text("--tagroot", frames.root, "KEYS",
             "Labels (of comma-separated keys) that become the outermost "
             "frames");
  group.text("--tagleaf", frames.leaf, "KEYS",
             "Labels that become the innermost frames");
}

void add_filter_flags(CLI::App& app, view::Options& options) {
  add_filter_expressions(app, options.filters);
  add_label_frame_flags(app, options.label_frames);
  cli::FlagGroup group(app, "Filters");
  group.flag("--relative-percentages", options.relative_percentages,
             "Percentages of the filtered total, not of everything");
  group.flag("--noinlines", options.noinlines,
             "Attribute inlined functions to their callers");
  group
      .parsed("--symbolize", options.names, pprof::parse_symbolize, "HOW",
              "Names of C++ and Rust functions: none, as they are in the "
              "profile; demangle= with none, full (with parameters), templates "
              "or default (neither parameters nor template arguments)")
      ->default_str("demangle=default");
}

void add_granularity_flags(CLI::App& app, view::Options& options,
                           const char* heading) {
  cli::FlagGroup group(app, heading);
  group.parsed("--granularity", options.granularity, pprof::parse_granularity,
               "WHAT",
               "Granularity: functions, filefunctions, files, lines or "
               "addresses");
  add_short_forms(app, k_granularities, [&options](const ShortForm& form) {
    options.granularity = *pprof::parse_granularity(form.value);
  });
  group.flag("--showcolumns", options.show_columns, "Show column numbers");
}

void add_row_flags(CLI::App& app, view::Options& options,
                   view::ReportKind kind) {
  const RowEffects effects = effects_on(kind);
  cli::FlagGroup limits(app, heading_if(effects.limits));
  cli::FlagGroup order(app, heading_if(effects.order));
  cli::FlagGroup negative(app, heading_if(effects.negative));
  limits.number("-r,--nodecount", options.node_count, {.least = 0}, "N",
                "Maximum number of rows; 0: all");
  order.flag("--cum", options.sort_by_cum, "Sort by cum (includes callees)");
  add_granularity_flags(app, options, heading_if(effects.granularity));
  limits.number("--nodefraction", options.node_fraction, k_share, "F",
                "Drop rows below this share of the total");
  limits.number("--edgefraction", options.edge_fraction, k_share, "F",
                "Drop calls below this share of the total");
  limits.off("--no-trim", options.trim, "Do not drop any rows or calls");
  negative.flag("--drop-negative", options.drop_negative,
                "Leave out negative values");
  cli::FlagGroup(app, heading_if(effects.paths))
      .flag("--call-tree", options.call_tree,
            "Tell a function apart by the path that leads to it");
  order.flag("--compact-labels", options.compact_labels,
             "Leave out the header");
  add_other_spellings(app, options);
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

void find_go_sources(const Env& env, view::Options& options) {
  std::error_code ignored;
  options.go_sources = view::find_go_sources(
      env, std::filesystem::current_path(ignored).string());
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
