// SPDX-License-Identifier: MIT
#include "view/top.hpp"

#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace kprofefe::cmd {
namespace {

Result<std::string> render_top(const view::Prepared& prepared,
                               const ReadFlags& flags) {
  const view::TopReport report = view::top(prepared);
  if (flags.output == "json") {
    return view::render_json(report);
  }
  return flags.output == "csv" ? view::render_csv(report)
                               : view::render_text(report);
}

}  // namespace

void add_top(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<ReadFlags>();
  CLI::App* top = app.add_subcommand(
      "top",
      "What is hot: the functions that cost most, as `go tool pprof "
      "-top` prints them");
  add_value_flags(*top, flags->view);
  add_row_flags(*top, flags->view);
  top->add_option("-o,--output", flags->output, "table, json or csv")
      ->type_name("FORMAT")
      ->group("What to show")
      ->capture_default_str()
      ->check(CLI::IsMember({"table", "json", "csv"}));
  add_filter_flags(*top, flags->view);
  add_read_flags(*top, *flags);
  add_rows_or_namespace(*top, flags->view, flags->sources.live.pods);
  top->footer(std::string(k_source_help) +
              "\nExamples:\n"
              "  kubectl profefe top -l app=api --seconds 10\n"
              "  kubectl profefe top heap.pb.gz --sample-index alloc_space\n"
              "  kubectl profefe top --service api --profile-type heap --from "
              "1h\n"
              "  kubectl profefe top new.pb.gz --diff-base old.pb.gz -n 20");
  show_when_chosen(*top, flags, view::ReportKind::top, render_top, chosen);
}

}  // namespace kprofefe::cmd
