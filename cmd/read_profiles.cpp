// SPDX-License-Identifier: MIT
#include "cmd/read_profiles.hpp"

#include "base/choice.hpp"
#include "cli/help.hpp"
#include "pprof/diff.hpp"
#include "pprof/prepare.hpp"
#include "pprof/regex.hpp"
#include "report/notes.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <ostream>
#include <utility>

namespace kprofefe::cmd {
namespace {

constexpr std::array<std::pair<std::string_view, RowFormat>, 3> k_formats = {
    {{"table", RowFormat::table},
     {"json", RowFormat::json},
     {"csv", RowFormat::csv}}};

Result<ExitCode> show(const Context& context, const ReadFlags& flags,
                      view::ReportKind kind, RenderOf render) {
  TRY(check_regex_is_no_source(flags.sources, flags.words, flags.regex));
  // A profile may take half a minute to come.
  TRY(pprof::Regex::compile(flags.regex));
  TRY(check(flags.view,
            flags.format == RowFormat::table ? ShownAs::text : ShownAs::data));
  TRY_ASSIGN(source::LoadedProfile loaded, read_profile_of(context, flags));
  TRY_ASSIGN(const view::Prepared prepared,
             view::prepare(std::move(loaded.profile), kind, flags.view));
  for (const std::string& warning : prepared.warnings) {
    print_note(context.streams, warning);
  }
  TRY_ASSIGN(const std::string text, render(prepared, flags));
  TRY(print_results(context.streams, text));
  return loaded.is_incomplete ? ExitCode::partial : ExitCode::ok;
}

}  // namespace

Result<RowFormat> parse_row_format(std::string_view name) {
  return parse_choice(name, k_formats);
}

ProfileReader::ProfileReader(const Context& context,
                             const source::ReadRequest& request)
    : context_(context), request_(request), session_(context) {}

Result<source::LoadedProfile> ProfileReader::load(source::Input input) {
  Result<source::LoadedProfile> loaded = session_->run(
      source::load(session_.get(), std::move(input), &request_, this));
  progress_.reset();
  return loaded;
}

void ProfileReader::on_start(std::size_t profiles) {
  progress_.emplace(context_.streams, profiles);
}

void ProfileReader::on_row(const collect::Row& row) {
  progress_->count(row);
}

void ProfileReader::on_end(const collect::Report& report) {
  progress_.reset();
  context_.streams.err << report::render_problems(report) << std::flush;
  report::Notes notes;
  for (const collect::TargetReport& target : report.targets) {
    notes.add(target);
  }
  for (const std::string& note : notes.lines()) {
    print_note(context_.streams, note);
  }
}

Result<source::LoadedProfile> read_profile_of(const Context& context,
                                              const ReadFlags& flags) {
  TRY(check(flags.base));
  const bool is_diff = !flags.base.diff_base.empty();
  TRY_ASSIGN(
      const ReadInputs inputs,
      complete(flags.sources, flags.words,
               is_diff ? flags.base.diff_base : flags.base.base, context.env));
  if (const std::string hint = hint_of_rows(flags.sources); !hint.empty()) {
    print_note(context.streams, "-n is the namespace" + hint);
  }
  ProfileReader reader(context, inputs.request);
  TRY_ASSIGN(source::LoadedProfile loaded, reader.load(inputs.input));
  if (!inputs.base.empty()) {
    TRY_ASSIGN(source::LoadedProfile base, reader.load(inputs.base));
    TRY_ASSIGN(loaded.profile,
               pprof::diff(
                   std::move(loaded.profile), std::move(base.profile),
                   {.label_base = is_diff, .normalize = flags.base.normalize}));
    loaded.is_incomplete = loaded.is_incomplete || base.is_incomplete;
  }
  pprof::prepare(loaded.profile);
  return loaded;
}

void show_when_named(CLI::App& app, std::shared_ptr<ReadFlags> flags,
                     view::ReportKind kind, RenderOf render, Chosen& chosen) {
  when_named(app, chosen,
             [flags = std::move(flags), kind, render](const Context& context) {
               return show(context, *flags, kind, render);
             });
}

void add_read_flags(CLI::App& app, ReadFlags& flags) {
  app.add_option("SOURCE", flags.words,
                 "Where to read profiles from, see below")
      ->type_name("");
  app.group(k_read_group);
  add_base_flags(app, flags.base);
  add_source_flags(app, flags.sources);
  app.footer(read_footer(*app.get_parent()));
}

std::string read_footer(const CLI::App& program, std::string_view examples) {
  return fmt::format("{}{}{}{}", k_source_help,
                     examples.empty() ? "" : "\nExamples:\n", examples,
                     cli::point_to_options(program, k_all_shared));
}

}  // namespace kprofefe::cmd
