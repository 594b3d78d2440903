// SPDX-License-Identifier: MIT
#include "cmd/read_profiles.hpp"

#include "cmd/check_sources.hpp"

#include "pprof/diff.hpp"
#include "pprof/prepare.hpp"
#include "pprof/regex.hpp"

#include <CLI/CLI.hpp>

#include <utility>

namespace kprofefe::cmd {
namespace {

const std::vector<std::string>& base_of(const BaseFlags& flags) {
  return flags.diff_base.empty() ? flags.base : flags.diff_base;
}

Result<Gathered> less_base(const Context& context, const ReadFlags& flags,
                           Gathered gathered) {
  const bool is_diff = !flags.base.diff_base.empty();
  const std::vector<std::string>& words = base_of(flags.base);
  if (words.empty()) {
    return gathered;
  }
  TRY_ASSIGN(Gathered base, gather(context, flags.sources, words));
  TRY_ASSIGN(
      gathered.profile,
      pprof::diff(std::move(gathered.profile), std::move(base.profile),
                  {.label_base = is_diff, .normalize = flags.base.normalize}));
  gathered.is_incomplete = gathered.is_incomplete || base.is_incomplete;
  return gathered;
}

Result<ExitCode> show(const Context& context, const ReadFlags& flags,
                      view::ReportKind kind, RenderOf render) {
  TRY(check_regex_is_no_source(flags.sources, flags.words, flags.regex));
  // A profile may take half a minute to come.
  TRY(pprof::Regex::compile(flags.regex));
  TRY_ASSIGN(const view::Options options, validate(flags.view));
  TRY(check_shape(options, flags.output));
  TRY_ASSIGN(Gathered gathered, read_profile_of(context, flags));
  TRY_ASSIGN(const view::Prepared prepared,
             view::prepare(std::move(gathered.profile), kind, options));
  for (const std::string& warning : prepared.warnings) {
    print_note(context.streams, warning);
  }
  TRY_ASSIGN(const std::string text, render(prepared, flags));
  TRY(print_results(context.streams, text));
  return gathered.is_incomplete ? ExitCode::partial : ExitCode::ok;
}

}  // namespace

Result<Gathered> read_profile_of(const Context& context,
                                 const ReadFlags& flags) {
  TRY(validate(flags.base));
  TRY(check_sources(flags.sources, flags.words, base_of(flags.base)));
  TRY_ASSIGN(Gathered gathered, gather(context, flags.sources, flags.words));
  TRY_ASSIGN(gathered, less_base(context, flags, std::move(gathered)));
  pprof::prepare(gathered.profile);
  return gathered;
}

void show_when_chosen(CLI::App& app, std::shared_ptr<ReadFlags> flags,
                      view::ReportKind kind, RenderOf render, Chosen& chosen) {
  app.callback([flags = std::move(flags), kind, render, &chosen] {
    chosen = [flags, kind, render](const Context& context) {
      const Result<ExitCode> code = show(context, *flags, kind, render);
      return code ? *code : print_error(context.streams, code.error());
    };
  });
}

void add_read_flags(CLI::App& app, ReadFlags& flags) {
  app.add_option("SOURCE", flags.words, "Where profiles are from, see below")
      ->type_name("");
  app.group(k_read_group);
  add_base_flags(app, flags.base);
  add_source_flags(app, flags.sources);
  app.footer(k_source_help);
}

}  // namespace kprofefe::cmd
