// SPDX-License-Identifier: MIT
#include "cmd/command.hpp"
#include "cmd/graphviz.hpp"
#include "cmd/read_profiles.hpp"

#include "cli/flag_group.hpp"
#include "view/dot.hpp"
#include "view/render.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace kprofefe::cmd {
namespace {

using view::ReportKind;

/// What a command takes besides the flags of all reports.
enum class Takes : std::uint8_t { nothing, functions, file };

/// A command that prints a report as `go tool pprof` does.
struct Report {
  ReportKind kind;
  const char* name;
  const char* help;
  Takes takes = Takes::nothing;
};

constexpr auto k_reports = std::to_array<Report>({
    {ReportKind::tree, "tree",
     "Show functions with their callers and callees, like -tree"},
    {ReportKind::peek, "peek",
     "Show callers and callees of matching functions, like -peek",
     Takes::functions},
    {ReportKind::list, "list",
     "Show the source lines of matching functions with their cost, like -list",
     Takes::functions},
    {ReportKind::tags, "tags",
     "Show the labels of the samples and their cost, like -tags"},
    {ReportKind::raw, "raw", "Show the whole profile as text, like -raw"},
    {ReportKind::traces, "traces",
     "Show every sample with its stack, like -traces"},
    {ReportKind::comments, "comments",
     "Show the comments of a profile, like -comments"},
    {ReportKind::dot, "dot",
     "Write the call graph in Graphviz's language, like -dot", Takes::file},
    {ReportKind::svg, "svg",
     "Draw the call graph as an SVG picture, like -svg, without Graphviz",
     Takes::file},
    {ReportKind::callgrind, "callgrind",
     "Write every call for KCachegrind, like -callgrind", Takes::file},
    {ReportKind::top_proto, "topproto",
     "Write the rows of `top` as a profile, like -topproto", Takes::file},
});

Result<Producer> render(const view::Prepared& prepared,
                        const ReadFlags& flags) {
  if (flags.as_json) {
    return view::produce_text(view::render_json(view::dot(prepared)));
  }
  return view::render(prepared, flags.kind, flags.regex);
}

/// `svg --graphviz`.
Result<ExitCode> show_by_graphviz(const Context& context,
                                  const ReadFlags& flags) {
  TRY_ASSIGN(const std::string program, find_graphviz(context.env));
  const auto draw = [&](const view::Prepared& prepared,
                        const ReadFlags& /*flags*/) -> Result<Producer> {
    TRY_ASSIGN(std::string svg,
               draw_with_graphviz(context, program,
                                  view::render_text(view::dot(prepared))));
    return view::produce_text(std::move(svg));
  };
  return show(context, flags, draw);
}

void add_file_flags(CLI::App& app, ReadFlags& flags) {
  cli::FlagGroup group(app, "Output");
  add_output_flag(group, flags.output)->capture_default_str();
  flags.output.is_binary = flags.kind == ReportKind::top_proto;
  if (flags.kind == ReportKind::dot) {
    group.flag("--json", flags.as_json,
               "Write the nodes, edges and legend of the graph as JSON");
  }
  if (flags.kind == ReportKind::svg) {
    group.flag("--graphviz", flags.by_graphviz,
               "Lay it out with Graphviz's `dot`, which must be installed");
  }
}

void add_own_flags(CLI::App& app, const Report& report, ReadFlags& flags) {
  if (report.takes == Takes::functions) {
    app.add_option("REGEX", flags.regex, "Functions to show")
        ->type_name("")
        ->required();
  }
  if (report.takes == Takes::file) {
    add_file_flags(app, flags);
  }
  if (report.kind == ReportKind::list) {
    add_source_path_flags(app, flags.view);
  }
}

}  // namespace

void add_report(CLI::App& app, Chosen& chosen, ReportKind kind) {
  const Report& report = *std::ranges::find(k_reports, kind, &Report::kind);
  const auto flags = std::make_shared<ReadFlags>();
  flags->kind = kind;
  CLI::App* command = app.add_subcommand(report.name, report.help);
  add_own_flags(*command, report, *flags);
  add_value_flags(*command, flags->view);
  add_row_flags(*command, flags->view, kind);
  flags->sources.has_rows =
      kind == ReportKind::tree || report.takes == Takes::file;
  add_filter_flags(*command, flags->view);
  add_read_flags(*command, *flags);
  when_named(*command, chosen, [flags](const Context& context) {
    if (flags->kind == ReportKind::list) {
      find_go_sources(context.env, flags->view);
    }
    return flags->by_graphviz ? show_by_graphviz(context, *flags)
                              : show(context, *flags, render);
  });
}

}  // namespace kprofefe::cmd
