// SPDX-License-Identifier: MIT
#include "report/targets.hpp"

#include "cmd/command.hpp"
#include "cmd/command_session.hpp"
#include "cmd/pod_flags.hpp"

#include "cli/help.hpp"
#include "collect/capture.hpp"
#include "collect/pod_source.hpp"
#include "report/notes.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <optional>

namespace kprofefe::cmd {
namespace {

struct TargetsFlags {
  PodFlags pods;
  report::TargetsFormat format = report::TargetsFormat::table;
};

bool is_missing(const collect::NotTarget& pod) {
  return pod.why == collect::WhyNot::missing;
}

/// -o name has no place for pods that are no targets; who names one that is not
/// there should know all the same.
void note_missing(const collect::Selected& selected, const Context& context) {
  for (const collect::NotTarget& pod : selected.not_targets) {
    if (is_missing(pod)) {
      print_note(context.streams, pod.reason);
    }
  }
}

/// What is to be said beside the list.
void note(const collect::Selected& selected, const TargetsFlags& flags,
          const Context& context) {
  report::Notes notes;
  for (const collect::Target& target : selected.targets) {
    notes.add(target);
  }
  for (const std::string& hint : notes.lines()) {
    print_note(context.streams, hint);
  }
  if (flags.format == report::TargetsFormat::name) {
    note_missing(selected, context);
  }
}

Result<ExitCode> show_targets(const TargetsFlags& flags,
                              const Context& context) {
  TRY_ASSIGN(const collect::PodRequest request, complete(flags.pods));
  CommandSession session(context);
  std::optional<kube::OpenCluster> cluster;
  if (request.listed == nullptr) {
    TRY_ASSIGN(cluster, kube::open_cluster(flags.pods.cluster, *session.get()));
  }
  const collect::PodSource source(&request, cluster ? &*cluster : nullptr);
  TRY_ASSIGN(
      const collect::Selected selected,
      session->run(source.select({.needs_ip = true, .explain_all = true})));
  collect::report_list_failure(*session.get()->messages, selected);
  if (selected.pods_seen == 0) {
    constexpr bool k_explain_all = true;
    print_note(context.streams, source.describe(0, k_explain_all));
  }
  note(selected, flags, context);
  TRY(print_results(context.streams,
                    report::render_targets(selected, flags.format)));
  if (selected.list_failure) {
    return ExitCode::failed;
  }
  return std::ranges::any_of(selected.not_targets, is_missing)
             ? ExitCode::partial
             : ExitCode::ok;
}

}  // namespace

void add_targets(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<TargetsFlags>();
  CLI::App* targets = app.add_subcommand(
      "targets",
      "Show what capture would profile, and why not for every other pod");
  add_pod_names(*targets, flags->pods, "Only these pods");
  add_pod_flags(*targets, flags->pods);
  cli::FlagGroup(*targets, "Output")
      .parsed("-o,--output", flags->format, report::parse_targets_format,
              "FORMAT", "table, wide, json or name")
      ->default_str("table");
  targets->footer(
      list_exit_codes(
          {.ok = "success, even if nothing would be captured",
           .failed = "failed, or the list is incomplete, or none of the named "
                     "pods exists",
           .partial = "some of the named pods do not exist"}) +
      cli::point_to_options(app, "cluster and credentials"));
  when_named(*targets, chosen, [flags](const Context& context) {
    return show_targets(*flags, context);
  });
}

}  // namespace kprofefe::cmd
