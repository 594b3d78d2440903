// SPDX-License-Identifier: MIT
#include "view/tree.hpp"

#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "pprof/regex.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace kprofefe::cmd {
namespace {

Result<Producer> render_tree(const view::Prepared& prepared,
                             const ReadFlags& /*flags*/) {
  return whole(view::render_text(view::tree(prepared)));
}

Result<Producer> render_peek(const view::Prepared& prepared,
                             const ReadFlags& flags) {
  TRY_ASSIGN(const pprof::Regex names, pprof::Regex::compile(flags.regex));
  TRY_ASSIGN(const view::TreeReport report, view::peek(prepared, names));
  return whole(view::render_text(report));
}

void add_flags(CLI::App& app, ReadFlags& flags, view::ReportKind kind) {
  add_value_flags(app, flags.view);
  add_row_flags(app, flags.view, kind);
  flags.sources.has_rows = kind == view::ReportKind::tree;
  add_filter_flags(app, flags.view);
  add_read_flags(app, flags);
}

}  // namespace

void add_tree(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<ReadFlags>();
  CLI::App* tree = app.add_subcommand(
      "tree", "Show functions with their callers and callees, like -tree");
  add_flags(*tree, *flags, view::ReportKind::tree);
  show_when_named(*tree, flags, view::ReportKind::tree, render_tree, chosen);
}

void add_peek(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<ReadFlags>();
  CLI::App* peek = app.add_subcommand(
      "peek", "Show callers and callees of matching functions, like -peek");
  peek->add_option("REGEX", flags->regex, "Functions to show")
      ->type_name("")
      ->required();
  add_flags(*peek, *flags, view::ReportKind::peek);
  show_when_named(*peek, flags, view::ReportKind::peek, render_peek, chosen);
}

}  // namespace kprofefe::cmd
