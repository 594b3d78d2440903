// SPDX-License-Identifier: MIT
#include "view/list.hpp"

#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "pprof/regex.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace kprofefe::cmd {
namespace {

Result<std::string> render_list(const view::Prepared& prepared,
                                const ReadFlags& flags) {
  TRY_ASSIGN(const pprof::Regex names, pprof::Regex::compile(flags.regex));
  TRY_ASSIGN(const view::ListReport report, view::list(prepared, names));
  return view::render_text(report);
}

}  // namespace

void add_list(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<ReadFlags>();
  CLI::App* list = app.add_subcommand(
      "list",
      "Show the source lines of matching functions with their cost, "
      "like -list");
  list->add_option("REGEX", flags->regex, "Functions to show")
      ->type_name("")
      ->required();
  add_source_path_flags(*list, flags->view);
  add_value_flags(*list, flags->view);
  add_filter_flags(*list, flags->view);
  add_read_flags(*list, *flags);
  show_when_named(*list, flags, view::ReportKind::list, render_list, chosen);
}

}  // namespace kprofefe::cmd
