// SPDX-License-Identifier: MIT
#include "view/dot.hpp"

#include "cmd/command.hpp"
#include "cmd/read_profiles.hpp"

#include "cli/flag_group.hpp"
#include "pprof/write.hpp"
#include "view/callgrind.hpp"
#include "view/top_proto.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace kprofefe::cmd {
namespace {

Result<Producer> render_dot(const view::Prepared& prepared,
                            const ReadFlags& flags) {
  const view::DotGraph graph = view::dot(prepared);
  return whole(flags.as_json ? view::render_json(graph)
                             : view::render_text(graph));
}

Result<Producer> render_callgrind(const view::Prepared& prepared,
                                  const ReadFlags& /*flags*/) {
  return [&prepared](const Sink& sink) {
    return view::write_callgrind(prepared, sink);
  };
}

Result<Producer> render_top_proto(const view::Prepared& prepared,
                                  const ReadFlags& /*flags*/) {
  return whole(pprof::write_profile(view::top_profile(prepared)));
}

/// A command that makes a file for other programs.
struct Format {
  const char* name;
  const char* help;
  view::ReportKind kind;
  RenderOf render;
};

constexpr Format k_dot = {
    "dot", "Write the call graph in Graphviz's language, like -dot",
    view::ReportKind::dot, render_dot};

constexpr Format k_callgrind = {
    "callgrind", "Write every call for KCachegrind, like -callgrind",
    view::ReportKind::callgrind, render_callgrind};

constexpr Format k_top_proto = {
    "topproto", "Write the rows of `top` as a profile, like -topproto",
    view::ReportKind::top_proto, render_top_proto};

void add_format(CLI::App& app, Chosen& chosen, const Format& format) {
  const auto flags = std::make_shared<ReadFlags>();
  CLI::App* command = app.add_subcommand(format.name, format.help);
  cli::FlagGroup output(*command, "Output");
  output
      .text("-o,--output", flags->output.path, "FILE",
            "The file to write, atomically; -: standard output")
      ->capture_default_str()
      ->check(cli::refuse_empty);
  flags->output.is_binary = format.kind == view::ReportKind::top_proto;
  if (format.kind == view::ReportKind::dot) {
    output.flag("--json", flags->as_json,
                "Write the nodes, edges and legend of the graph as JSON");
  }
  add_value_flags(*command, flags->view);
  add_row_flags(*command, flags->view, format.kind);
  flags->sources.has_rows = true;
  add_filter_flags(*command, flags->view);
  add_read_flags(*command, *flags);
  show_when_named(*command, flags, format.kind, format.render, chosen);
}

}  // namespace

void add_dot(CLI::App& app, Chosen& chosen) {
  add_format(app, chosen, k_dot);
}

void add_callgrind(CLI::App& app, Chosen& chosen) {
  add_format(app, chosen, k_callgrind);
}

void add_topproto(CLI::App& app, Chosen& chosen) {
  add_format(app, chosen, k_top_proto);
}

}  // namespace kprofefe::cmd
