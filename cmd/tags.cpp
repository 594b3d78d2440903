// SPDX-License-Identifier: MIT
#include "view/tags.hpp"

#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "view/comments.hpp"
#include "view/raw.hpp"
#include "view/traces.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace kprofefe::cmd {
namespace {

Result<Producer> render_tags(const view::Prepared& prepared,
                             const ReadFlags& /*flags*/) {
  return whole(view::render_text(view::tags(prepared)));
}

Result<Producer> render_raw(const view::Prepared& prepared,
                            const ReadFlags& /*flags*/) {
  return
      [&prepared](const Sink& sink) { return view::write_raw(prepared, sink); };
}

Result<Producer> render_traces(const view::Prepared& prepared,
                               const ReadFlags& /*flags*/) {
  return [&prepared](const Sink& sink) {
    return view::write_traces(prepared, sink);
  };
}

Result<Producer> render_comments(const view::Prepared& prepared,
                                 const ReadFlags& /*flags*/) {
  return whole(view::render_comments(prepared));
}

/// A command that prints a profile by one renderer and has no rows to choose.
struct Printer {
  const char* name;
  const char* help;
  view::ReportKind kind;
  RenderOf render;
};

constexpr Printer k_tags = {
    "tags", "Show the labels of the samples and their cost, like -tags",
    view::ReportKind::tags, render_tags};

constexpr Printer k_raw = {"raw", "Show the whole profile as text, like -raw",
                           view::ReportKind::raw, render_raw};

constexpr Printer k_traces = {"traces",
                              "Show every sample with its stack, like -traces",
                              view::ReportKind::traces, render_traces};

constexpr Printer k_comments = {
    "comments", "Show the comments of a profile, like -comments",
    view::ReportKind::comments, render_comments};

void add_printer(CLI::App& app, Chosen& chosen, const Printer& printer) {
  const auto flags = std::make_shared<ReadFlags>();
  CLI::App* command = app.add_subcommand(printer.name, printer.help);
  add_value_flags(*command, flags->view);
  add_row_flags(*command, flags->view, printer.kind);
  add_filter_flags(*command, flags->view);
  add_read_flags(*command, *flags);
  show_when_named(*command, flags, printer.kind, printer.render, chosen);
}

}  // namespace

void add_tags(CLI::App& app, Chosen& chosen) {
  add_printer(app, chosen, k_tags);
}

void add_raw(CLI::App& app, Chosen& chosen) {
  add_printer(app, chosen, k_raw);
}

void add_traces(CLI::App& app, Chosen& chosen) {
  add_printer(app, chosen, k_traces);
}

void add_comments(CLI::App& app, Chosen& chosen) {
  add_printer(app, chosen, k_comments);
}

}  // namespace kprofefe::cmd
