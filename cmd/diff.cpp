// SPDX-License-Identifier: MIT
#include "pprof/diff.hpp"

#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "base/choice.hpp"
#include "pprof/base_scale.hpp"
#include "pprof/prepare.hpp"
#include "pprof/scale.hpp"
#include "view/compare.hpp"
#include "view/top.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

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
  bool total = false;
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
    return fail(ErrorKind::usage,
                "--fail-noise has no effect without "
                "--fail-function");
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
      : context_(context), flags_(flags) {}

  Result<ExitCode> run() {
    TRY(read());
    const bool json = flags_.read.format == RowFormat::json;
    view::Comparison comparison;
    if (json || flags_.limits.has_any()) {
      TRY_ASSIGN(comparison,
                 view::compare(base_.profile, now_.profile, flags_.read.view,
                               flags_.limits, factor_));
    }
    for (const std::string& names : comparison.unmatched) {
      print_note(context_.streams,
                 fmt::format("--fail-function '{}': no function matches in "
                             "either profile, so this limit cannot fail",
                             names));
    }
    for (const std::string& noise : view::explain_noise(comparison)) {
      print_note(context_.streams, noise);
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
      return fail(
          ErrorKind::usage,
          fmt::format("NEW is missing: \"{}\" was taken as BASE; specify "
                      "NEW, or select with -l, -A, -n, -f or --service",
                      flags_.base));
    }
    TRY_ASSIGN(const ReadInputs inputs,
               complete(read.sources, read.words, std::span(&flags_.base, 1),
                        context_.env));
    ProfileReader reader(context_, inputs);
    TRY_ASSIGN(ProfileReader::Pair pair, reader.load_with_base());
    base_ = std::move(pair.base);
    now_ = std::move(pair.profile);
    TRY(pprof::make_comparable(now_.profile, base_.profile,
                               read.base.normalize));
    if (!flags_.total && !read.base.normalize) {
      scale_base();
    }
    return {};
  }

  /// Like is compared with like, and what was done is said.
  void scale_base() {
    const pprof::BaseScale scale =
        pprof::base_scale(now_.profile, now_.pods, base_.profile, base_.pods);
    if (scale.factor == 1) {
      return;
    }
    factor_ = scale.factor;
    print_note(context_.streams,
               fmt::format("the base is multiplied by {:.3g}: {}; --total "
                           "compares totals",
                           factor_, scale.why));
  }

  Result<void> print_json(const view::Comparison& comparison) {
    for (const std::string& warning : comparison.warnings) {
      print_note(context_.streams, warning);
    }
    const int rows = flags_.read.view.node_count;
    const std::size_t most =
        rows > 0 ? static_cast<std::size_t>(rows) : comparison.changes.size();
    return print_results(context_.streams, view::render_json(comparison, most));
  }

  Result<void> print_table(const std::string& violations) {
    if (factor_ != 1) {
      pprof::scale_sums(base_.profile, factor_);
    }
    TRY_ASSIGN(pprof::Profile difference,
               pprof::diff(std::move(now_.profile), std::move(base_.profile),
                           {.label_base = true}));
    pprof::prepare(difference, flags_.read.view.names);
    TRY_ASSIGN(const view::Prepared prepared,
               view::prepare(std::move(difference), view::ReportKind::top,
                             flags_.read.view));
    for (const std::string& warning : prepared.warnings) {
      print_note(context_.streams, warning);
    }
    std::string text = view::render_text(view::top(prepared));
    if (!violations.empty()) {
      text += "\nlimits exceeded:\n" + violations;
    }
    return print_results(context_.streams, text);
  }

  const Context& context_;
  const DiffFlags& flags_;
  double factor_ = 1;  ///< of the base
  source::LoadedProfile base_;
  source::LoadedProfile now_;
};

void add_fail_flags(CLI::App& app, view::Limits& limits) {
  cli::FlagGroup group(app, "Failure limits");
  group.parsed(
      "--fail-over", limits.total_percent, view::parse_percent, "PERCENT",
      "Exit with code 3 if the total grew by more than this, e.g. 10%");
  group.parsed_list("--fail-function", limits.functions, read_function_limits,
                    "REGEX=PERCENT",
                    "Exit with code 3 if a matching function grew by more (its "
                    "cum value), e.g. 'main\\.=5%'; may be repeated");
  group.parsed("--fail-noise", limits.noise_percent, view::parse_percent,
               "PERCENT",
               "Growth below this share of BASE's total does not count "
               "for --fail-function, e.g. 0.5%");
}

}  // namespace

void add_diff(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<DiffFlags>();
  ReadFlags& read = flags->read;
  CLI::App* diff = app.add_subcommand(
      "diff", "Show what changed between two profiles, like -top -diff_base");
  diff->group(k_read_group);
  diff->add_option("BASE", flags->base, "The SOURCE to compare against")
      ->type_name("")
      ->required();
  diff->add_option("NEW", read.words,
                   "One or more SOURCEs to compare with BASE")
      ->type_name("");
  add_fail_flags(*diff, flags->limits);
  cli::FlagGroup group(*diff, "What to show");
  group.flag("--total", flags->total,
             "Compare totals, also of profiles that sampled for longer or of "
             "more pods (default: BASE is scaled to NEW)");
  group.flag("--normalize", read.base.normalize,
             "Scale NEW to the total of BASE first");
  add_value_flags(*diff, read.view);
  add_row_flags(*diff, read.view, view::ReportKind::top);
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
      "  kubectl profefe diff main.pb.gz branch.pb.gz --total --fail-over 10%\n"
      "  kubectl profefe diff base.pb.gz -l app=api --fail-function "
      "'main\\.=5%'\n"));
  when_named(*diff, chosen, [flags](const Context& context) {
    return Diff(context, *flags).run();
  });
}

}  // namespace kprofefe::cmd
