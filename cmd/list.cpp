// SPDX-License-Identifier: MIT
#include "view/list.hpp"

#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "pprof/regex.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <system_error>

namespace kprofefe::cmd {
namespace {

Result<Producer> render_list(const view::Prepared& prepared,
                             const ReadFlags& flags) {
  TRY_ASSIGN(const pprof::Regex names, pprof::Regex::compile(flags.regex));
  TRY_ASSIGN(const view::ListReport report, view::list(prepared, names));
  return whole(view::render_text(report));
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
  add_row_flags(*list, flags->view, view::ReportKind::list);
  add_filter_flags(*list, flags->view);
  add_read_flags(*list, *flags);
  when_named(*list, chosen, [flags](const Context& context) {
    std::error_code ignored;
    flags->view.go_sources = view::find_go_sources(
        context.env, std::filesystem::current_path(ignored).string());
    return show(context, *flags, view::ReportKind::list, render_list);
  });
}

}  // namespace kprofefe::cmd
