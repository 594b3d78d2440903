// SPDX-License-Identifier: MIT
#include "pprof/diff.hpp"

#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "base/choice.hpp"
#include "pprof/prepare.hpp"
#include "view/compare.hpp"
#include "view/top.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::cmd {
namespace {

struct DiffFlags {
  ReadFlags read;  ///< its words are NEW
  std::string base;
  view::Limits limits;
};

Result<std::vector<view::FunctionLimit>> read_function_limits(
    const std::vector<std::string>& texts) {
  std::vector<view::FunctionLimit> limits;
  for (const std::string& text : texts) {
    TRY_ASSIGN(view::FunctionLimit limit, view::parse_function_limit(text));
    limits.push_back(std::move(limit));
  }
  return limits;
}

/// That the limits make sense together, and with the rest. Errors: usage.
Result<void> check_limits(const DiffFlags& flags) {
  const view::Limits& limits = flags.limits;
  if (limits.total_percent && flags.read.base.normalize) {
    return fail(ErrorKind::usage,
                "--fail-over cannot be combined with --normalize, which makes "
                "both totals equal");
  }
  if (limits.noise_percent > 0 && limits.functions.empty()) {
    return fail(
        ErrorKind::usage,
        "--fail-noise needs --fail-function, of which it says what does "
        "not count");
  }
  return {};
}

/// A comparison is a table or JSON. Errors: usage.
Result<RowFormat> read_format(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, RowFormat>, 2> k_formats = {
      {{"table", RowFormat::table}, {"json", RowFormat::json}}};
  return parse_choice(name, k_formats);
}

/// Both profiles, from their sources to the exit code.
class Diff {
 public:
  Diff(const Context& context, const DiffFlags& flags)
      : context_(context), flags_(flags), options_(flags.read.view) {}

  Result<ExitCode> run() {
    TRY(read());
    const bool json = flags_.read.format == RowFormat::json;
    view::Comparison comparison;
    if (json || has_limits()) {
      TRY_ASSIGN(comparison, compare());
    }
    for (const std::string& names : comparison.unmatched) {
      print_note(context_.streams,
                 fmt::format("--fail-function '{}': no function matches in "
                             "either profile, so this limit cannot fail",
                             names));
    }
    if (json) {
      TRY(print_json(comparison));
    } else {
      TRY(print_table(view::render_violations(comparison)));
    }
    const bool incomplete = base_.is_incomplete || now_.is_incomplete;
    return incomplete || !comparison.violations.empty() ? ExitCode::partial
                                                        : ExitCode::ok;
  }

 private:
  Result<void> read() {
    const ReadFlags& read = flags_.read;
    TRY(check(read.view,
              read.format == RowFormat::table ? ShownAs::text : ShownAs::data));
    TRY(check_limits(flags_));
    if (read.words.empty() && !selects_by_flags(read.sources)) {
      return fail(ErrorKind::usage,
                  fmt::format("\"{}\" was taken as BASE; NEW is missing: name "
                              "it, or select with -l, -A, -n, -f or --service",
                              flags_.base));
    }
    TRY_ASSIGN(const ReadInputs inputs,
               complete(read.sources, read.words, std::span(&flags_.base, 1),
                        context_.env));
    ProfileReader reader(context_, inputs.request);
    TRY_ASSIGN(base_, reader.load(inputs.base));
    TRY_ASSIGN(now_, reader.load(inputs.input));
    return pprof::make_comparable(now_.profile, base_.profile,
                                  read.base.normalize);
  }

  [[nodiscard]] bool has_limits() const {
    return flags_.limits.total_percent || !flags_.limits.functions.empty();
  }

  Result<view::Comparison> compare() {
    // What NEW is seen by; BASE may say something else of itself.
    TRY_ASSIGN(const std::size_t index,
               view::find_sample_index(now_.profile, options_.sample_index));
    options_.sample_index = static_cast<std::int64_t>(index);
    TRY_ASSIGN(const view::Prepared base, prepare(base_.profile));
    TRY_ASSIGN(const view::Prepared now, prepare(now_.profile));
    if (has_limits() && !now.active_filters.empty() &&
        base.profile.samples.empty() && now.profile.samples.empty()) {
      return fail(ErrorKind::usage,
                  fmt::format("{} leaves nothing of either profile, so that no "
                              "limit could fail",
                              fmt::join(now.active_filters, ", ")));
    }
    return view::compare(base, now, flags_.limits);
  }

  [[nodiscard]] Result<view::Prepared> prepare(pprof::Profile profile) const {
    pprof::prepare(profile);
    return view::prepare(std::move(profile), view::ReportKind::top, options_);
  }

  Result<void> print_json(const view::Comparison& comparison) {
    for (const std::string& warning : comparison.warnings) {
      print_note(context_.streams, warning);
    }
    const std::size_t most = options_.node_count > 0
                                 ? static_cast<std::size_t>(options_.node_count)
                                 : comparison.changes.size();
    return print_results(context_.streams, view::render_json(comparison, most));
  }

  Result<void> print_table(const std::string& violations) {
    TRY_ASSIGN(pprof::Profile difference,
               pprof::diff(std::move(now_.profile), std::move(base_.profile),
                           {.label_base = true}));
    TRY_ASSIGN(const view::Prepared prepared, prepare(std::move(difference)));
    for (const std::string& warning : prepared.warnings) {
      print_note(context_.streams, warning);
    }
    std::string text = view::render_text(view::top(prepared));
    if (!violations.empty()) {
      text += "\nworse than allowed:\n" + violations;
    }
    return print_results(context_.streams, text);
  }

  const Context& context_;
  const DiffFlags& flags_;
  view::Options options_;
  source::LoadedProfile base_;
  source::LoadedProfile now_;
};

void add_fail_flags(CLI::App& app, view::Limits& limits) {
  FlagGroup group(app, "When to fail");
  group.parsed("--fail-over", limits.total_percent, view::parse_percent,
               "PERCENT",
               "Exit code 3 when the total grew by more than this, as 10%");
  group.parsed_list(
      "--fail-function", limits.functions, read_function_limits,
      "REGEX=PERCENT",
      "Exit code 3 when a function that matches grew by more (its "
      "cum value), as 'main\\.=5%'; may be repeated");
  group.parsed("--fail-noise", limits.noise_percent, view::parse_percent,
               "PERCENT",
               "What a function grew by does not count for --fail-function "
               "when it is less than this of BASE's total, as 0.5%");
}

}  // namespace

void add_diff(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<DiffFlags>();
  ReadFlags& read = flags->read;
  CLI::App* diff = app.add_subcommand(
      "diff", "What changed between two profiles, as -top -diff_base");
  diff->group(k_read_group);
  diff->add_option("BASE", flags->base, "The SOURCE to compare with")
      ->type_name("")
      ->required();
  diff->add_option("NEW", read.words, "The SOURCE to look at, or several")
      ->type_name("");
  add_fail_flags(*diff, flags->limits);
  FlagGroup group(*diff, "What to show");
  group.flag("--normalize", read.base.normalize,
             "First scale NEW to the total of BASE");
  add_value_flags(*diff, read.view);
  add_row_flags(*diff, read.view);
  read.sources.has_rows = true;
  group
      .parsed("-o,--output", read.format, read_format, "FORMAT",
              "table or json")
      ->default_str("table");
  add_filter_flags(*diff, read.view);
  add_source_flags(*diff, read.sources);
  diff->footer(read_footer(
      app,
      "  kubectl profefe diff yesterday.pb.gz today.pb.gz\n"
      "  kubectl profefe diff main.pb.gz branch.pb.gz --fail-over 10%\n"
      "  kubectl profefe diff base.pb.gz -l app=api --fail-function "
      "'main\\.=5%'\n"));
  when_named(*diff, chosen, [flags](const Context& context) {
    return Diff(context, *flags).run();
  });
}

}  // namespace kprofefe::cmd
