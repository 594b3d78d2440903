// SPDX-License-Identifier: MIT
#include "pprof/diff.hpp"

#include "cmd/check_sources.hpp"
#include "cmd/command.hpp"
#include "cmd/flag_checks.hpp"
#include "cmd/read_profiles.hpp"

#include "pprof/prepare.hpp"
#include "view/compare.hpp"
#include "view/top.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::cmd {
namespace {

struct DiffFlags {
  ReadFlags read;  ///< its words are NEW
  std::string base;
  std::string fail_over;
  std::vector<std::string> fail_functions;
  std::string noise;
};

Result<double> read_percent(std::string_view flag, const std::string& text) {
  const Result<double> percent = view::parse_percent(text);
  return percent ? percent
                 : std::unexpected(percent.error().with_context(flag));
}

Result<view::Limits> read_limits(const DiffFlags& flags) {
  view::Limits limits;
  if (!flags.fail_over.empty() && flags.read.base.normalize) {
    return fail(ErrorKind::usage,
                "--normalize makes both totals equal, and --fail-over looks at "
                "nothing else: leave out one of them");
  }
  if (!flags.fail_over.empty()) {
    TRY_ASSIGN(limits.total_percent,
               read_percent("--fail-over", flags.fail_over));
  }
  if (!flags.noise.empty() && flags.fail_functions.empty()) {
    return fail(ErrorKind::usage,
                "--fail-noise says what --fail-function does not look at: give "
                "that, too");
  }
  if (!flags.noise.empty()) {
    TRY_ASSIGN(limits.noise_percent, read_percent("--fail-noise", flags.noise));
  }
  for (const std::string& text : flags.fail_functions) {
    Result<view::FunctionLimit> limit = view::parse_function_limit(text);
    if (!limit) {
      return std::unexpected(limit.error().with_context("--fail-function"));
    }
    limits.functions.push_back(*std::move(limit));
  }
  return limits;
}

/// Both profiles, from their sources to the exit code.
class Diff {
 public:
  Diff(const Context& context, const DiffFlags& flags)
      : context_(context), flags_(flags) {}

  Result<ExitCode> run() {
    TRY(read());
    const bool json = flags_.read.output == "json";
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
    TRY_ASSIGN(options_, validate(flags_.read.view));
    TRY(check_shape(options_, flags_.read.output));
    TRY_ASSIGN(limits_, read_limits(flags_));
    const SourceFlags& sources = flags_.read.sources;
    if (flags_.read.words.empty() && !selects_by_flags(sources)) {
      return fail(ErrorKind::usage,
                  fmt::format("\"{}\" was taken as BASE; NEW is missing: name "
                              "it, or select with -l, -A, -n, -f or --service",
                              flags_.base));
    }
    const std::span base(&flags_.base, 1);
    TRY(check_sources(sources, flags_.read.words, base));
    TRY_ASSIGN(base_, gather(context_, sources, base));
    TRY_ASSIGN(now_, gather(context_, sources, flags_.read.words));
    return pprof::make_comparable(now_.profile, base_.profile,
                                  flags_.read.base.normalize);
  }

  [[nodiscard]] bool has_limits() const {
    return limits_.total_percent || !limits_.functions.empty();
  }

  Result<view::Comparison> compare() {
    // What NEW is seen by; BASE may say something else of itself.
    TRY_ASSIGN(const std::size_t index,
               view::find_sample_index(now_.profile, options_.sample_index));
    options_.sample_index = std::to_string(index);
    TRY_ASSIGN(const view::Prepared base, prepare(base_.profile));
    TRY_ASSIGN(const view::Prepared now, prepare(now_.profile));
    if (has_limits() && !now.active_filters.empty() &&
        base.profile.samples.empty() && now.profile.samples.empty()) {
      return fail(ErrorKind::usage,
                  fmt::format("{} leaves nothing of either profile, so that no "
                              "limit could fail",
                              fmt::join(now.active_filters, ", ")));
    }
    return view::compare(base, now, limits_);
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
  view::Limits limits_;
  Gathered base_;
  Gathered now_;
};

void add_limit_flags(CLI::App& app, DiffFlags& flags) {
  const std::string group = "When to fail";
  app.add_option("--fail-over", flags.fail_over,
                 "Exit code 3 when the total grew by more than this, as 10%")
      ->type_name("PERCENT")
      ->check(refuse_empty)
      ->group(group);
  app.add_option("--fail-function", flags.fail_functions,
                 "Exit code 3 when a function that matches grew by more (its "
                 "cum value), as 'main\\.=5%'; may be repeated")
      ->type_name("REGEX=PERCENT")
      ->allow_extra_args(false)
      ->group(group);
  app.add_option("--fail-noise", flags.noise,
                 "What a function grew by does not count for --fail-function "
                 "when it is less than this of BASE's total, as 0.5%")
      ->type_name("PERCENT")
      ->check(refuse_empty)
      ->group(group);
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
  add_limit_flags(*diff, *flags);
  diff->add_flag("--normalize", read.base.normalize,
                 "First scale NEW to the total of BASE")
      ->group("What to show");
  add_value_flags(*diff, read.view);
  add_row_flags(*diff, read.view);
  diff->add_option("-o,--output", read.output, "table or json")
      ->type_name("FORMAT")
      ->group("What to show")
      ->capture_default_str()
      ->check(CLI::IsMember({"table", "json"}));
  add_filter_flags(*diff, read.view);
  add_source_flags(*diff, read.sources);
  add_rows_or_namespace(*diff, read.view, read.sources.live.pods);
  diff->footer(
      std::string(k_source_help) +
      "\nExamples:\n"
      "  kubectl profefe diff yesterday.pb.gz today.pb.gz\n"
      "  kubectl profefe diff main.pb.gz branch.pb.gz --fail-over 10%\n"
      "  kubectl profefe diff base.pb.gz -l app=api --fail-function "
      "'main\\.=5%'");
  diff->callback([flags, &chosen] {
    chosen = [flags](const Context& context) {
      const Result<ExitCode> code = Diff(context, *flags).run();
      return code ? *code : print_error(context.streams, code.error());
    };
  });
}

}  // namespace kprofefe::cmd
