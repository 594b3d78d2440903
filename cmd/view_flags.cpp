// SPDX-License-Identifier: MIT
#include "cmd/view_flags.hpp"

#include "pprof/aggregate.hpp"
#include "pprof/filter.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

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
     "Leave out what the frame that matches calls, and it"},
    {"--tagfocus", &pprof::Filters::tag_focus,
     "Only samples with such a label: a regex, key=regex, or a range as 1kb:"},
    {"--tagignore", &pprof::Filters::tag_ignore,
     "No samples with such a label"},
    {"--tagshow", &pprof::Filters::tag_show, "Only labels whose key matches"},
    {"--taghide", &pprof::Filters::tag_hide, "No labels whose key matches"},
});

/// All digits, and a number that fits.
bool is_number(const std::string& text, int& number) {
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stopped == end && !text.starts_with('-');
}

/// For CLI::Option::check(): CLI11's own takes `nan`, and says how large a
/// number may be in 309 digits.
std::string refuse_no_divisor(const std::string& text) {
  char* stopped = nullptr;
  const double number = std::strtod(text.c_str(), &stopped);
  const bool is_read = stopped == text.c_str() + text.size();
  return is_read && std::isfinite(number) && number > 0
             ? ""
             : fmt::format("\"{}\" is no number above 0", text);
}

}  // namespace

void add_value_flags(CLI::App& app, ViewFlags& flags) {
  const std::string how = "What to show";
  app.add_option("--sample-index", flags.options.sample_index,
                 "Which value: its name, as inuse_space, or its number from 0 "
                 "(default: what the profile says, else its last)")
      ->type_name("VALUE")
      ->group(how);
  app.add_option("--unit", flags.options.unit,
                 "A unit as ms or mb; minimum: one for all; auto: each its own")
      ->type_name("UNIT")
      ->group(how)
      ->capture_default_str();
  app.add_flag("--mean", flags.options.mean,
               "Values divided by the first value, a count")
      ->group(how);
  app.add_option("--divide-by", flags.options.divide_by, "Divide all values")
      ->type_name("N")
      ->group(how)
      ->check(refuse_no_divisor);
}

void add_filter_flags(CLI::App& app, ViewFlags& flags) {
  const std::string which = "Which samples and frames";
  for (const FilterFlag& filter : k_filters) {
    app.add_option(filter.name, flags.options.filters.*filter.expression,
                   filter.help)
        ->type_name("REGEX")
        ->group(which);
  }
  app.add_flag("--relative-percentages", flags.options.relative_percentages,
               "Percentages of what these leave, not of everything")
      ->group(which);
  app.add_flag("--noinlines", flags.options.noinlines,
               "Count inlined functions as their callers")
      ->group(which);
}

void add_row_flags(CLI::App& app, ViewFlags& flags) {
  const std::string how = "What to show";
  app.add_flag("--cum", flags.options.sort_by_cum,
               "Sort by cum: with what is called")
      ->group(how);
  app.add_option("--granularity", flags.granularity,
                 "What a row is: functions, filefunctions, files, lines or "
                 "addresses")
      ->type_name("WHAT")
      ->group(how);
  app.add_flag("--showcolumns", flags.options.show_columns,
               "Lines with their columns")
      ->group(how);
  app.add_option("--nodefraction", flags.options.node_fraction,
                 "Drop rows below this share of the total")
      ->type_name("F")
      ->group(how)
      ->capture_default_str();
  app.add_option("--edgefraction", flags.options.edge_fraction,
                 "Drop calls below this share of the total")
      ->type_name("F")
      ->group(how)
      ->capture_default_str();
  app.add_flag("--no-trim", flags.no_trim, "Drop nothing")->group(how);
  app.add_flag("--drop-negative", flags.options.drop_negative,
               "Leave out what is below 0")
      ->group(how);
  app.add_flag("--compact-labels", flags.options.compact_labels,
               "No lines about the profile on top")
      ->group(how);
}

void add_base_flags(CLI::App& app, BaseFlags& flags) {
  const std::string group = "Compare";
  app.add_option("--base", flags.base,
                 "Subtract this SOURCE; may be repeated: their sum")
      ->type_name("SOURCE")
      ->allow_extra_args(false)
      ->group(group);
  app.add_option("--diff-base", flags.diff_base,
                 "The same, with percentages of this SOURCE")
      ->type_name("SOURCE")
      ->allow_extra_args(false)
      ->group(group);
  app.add_flag("--normalize", flags.normalize,
               "First scale the profile to the total of its base")
      ->group(group);
}

void add_rows_or_namespace(CLI::App& app, ViewFlags& view, PodFlags& pods) {
  app.remove_option(app.get_option("--namespace"));
  app.add_option("--nodecount", view.options.node_count, "Rows at most; 0: all")
      ->type_name("N")
      ->group("What to show");
  app.add_option_function<std::vector<std::string>>(
         "-n",
         [&](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) {
             int rows = 0;
             if (is_number(text, rows)) {
               view.options.node_count = rows;
             } else {
               pods.cluster.choice.ns = text;
             }
           }
         },
         "A number: rows at most; else the namespace")
      ->type_name("N|NAME")
      ->allow_extra_args(false)
      ->group("What to show");
  app.add_option("--namespace", pods.cluster.choice.ns,
                 "Namespace (default: the one of the context)")
      ->type_name("NAME")
      ->group(k_pods_group);
}

Result<view::Options> validate(const ViewFlags& flags) {
  TRY(pprof::check_filters(flags.options.filters));
  view::Options options = flags.options;
  options.trim = !flags.no_trim;
  if (!flags.granularity.empty()) {
    const Result<pprof::Granularity> granularity =
        pprof::parse_granularity(flags.granularity);
    if (!granularity) {
      return std::unexpected(granularity.error().with_context("--granularity"));
    }
    options.granularity = *granularity;
  }
  options.source_path = fmt::format("{}", fmt::join(flags.source_folders, ":"));
  return options;
}

Result<void> check_shape(const view::Options& options,
                         std::string_view output) {
  const view::Options defaults;
  const bool is_shaped =
      options.unit != defaults.unit || options.divide_by != defaults.divide_by;
  if (is_shaped && output != "table") {
    return fail(ErrorKind::usage,
                fmt::format("--unit and --divide-by are for the table: -o {} "
                            "has the values of the profile, in its own unit",
                            output));
  }
  return {};
}

Result<void> validate(const BaseFlags& flags) {
  if (!flags.base.empty() && !flags.diff_base.empty()) {
    return fail(ErrorKind::usage,
                "--base and --diff-base exclude each other: both subtract, and "
                "percentages are of one or the other");
  }
  if (flags.normalize && flags.base.empty() && flags.diff_base.empty()) {
    return fail(ErrorKind::usage,
                "--normalize needs a --base or --diff-base to scale to");
  }
  return {};
}

}  // namespace kprofefe::cmd
