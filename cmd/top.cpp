// SPDX-License-Identifier: MIT
#include "view/top.hpp"

#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "view/render.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace kprofefe::cmd {
namespace {

Result<Producer> render_top(const view::Prepared& prepared,
                            const ReadFlags& flags) {
  view::TopReport report = view::top(prepared);
  if (!flags.by.empty()) {
    TRY_ASSIGN(report.by, view::by_label(prepared, flags.by));
  }
  switch (flags.format) {
    case RowFormat::json:
      return view::produce_text(view::render_json(report));
    case RowFormat::csv:
      return view::produce_text(view::render_csv(report));
    case RowFormat::table:
      break;
  }
  return view::produce_text(view::render_text(report));
}

}  // namespace

void add_top(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<ReadFlags>();
  CLI::App* top = app.add_subcommand(
      "top",
      "Show the functions that cost most, like `go tool pprof "
      "-top` or -text");
  add_value_flags(*top, flags->view);
  add_row_flags(*top, flags->view, view::ReportKind::top);
  flags->sources.has_rows = true;
  cli::FlagGroup(*top, "What to show")
      .parsed("-o,--output", flags->format, parse_row_format, "FORMAT",
              "table, json or csv")
      ->default_str("table");
  cli::FlagGroup(*top, "What to show")
      .text("--by", flags->by, "LABEL",
            "First what each value of this label has of the total: pod, "
            "namespace, service, or a label of the program")
      ->check(cli::refuse_empty);
  add_filter_flags(*top, flags->view);
  add_read_flags(*top, *flags);
  top->footer(read_footer(
      app,
      "  kubectl profefe top -l app=api --seconds 10\n"
      "  kubectl profefe top -l app=api --by pod              which is hot\n"
      "  kubectl profefe top heap.pb.gz --sample-index alloc_space\n"
      "  kubectl profefe top --service api --profile-type heap --from 1h\n"
      "  kubectl profefe top new.pb.gz --diff-base old.pb.gz -r 20\n"));
  when_named(*top, chosen, [flags](const Context& context) {
    return show(context, *flags, render_top);
  });
}

}  // namespace kprofefe::cmd
