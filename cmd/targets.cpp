// SPDX-License-Identifier: MIT
#include "report/targets.hpp"

#include "cmd/capture_flags.hpp"
#include "cmd/command.hpp"
#include "cmd/command_session.hpp"

#include "cli/help.hpp"
#include "collect/capture.hpp"
#include "collect/pod_source.hpp"
#include "report/notes.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kprofefe::cmd {
namespace {

struct TargetsFlags {
  CaptureFlags capture;
  cli::ScopedFlags scoped;  ///< of --probe
  bool probe = false;
  report::TargetsFormat format = report::TargetsFormat::table;
};

/// What is to be shown.
struct Shown {
  collect::Selected selected;
  std::optional<std::vector<collect::Probe>> probes;
  std::string none;  ///< said when there is not one pod

  [[nodiscard]] const std::vector<collect::Probe>* probed() const {
    return probes ? &*probes : nullptr;
  }
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

/// -o name leaves out who did not answer.
void note_silent(const Shown& shown, const Context& context) {
  for (std::size_t i = 0; i < shown.selected.targets.size(); ++i) {
    if (const auto& failure = (*shown.probes)[i].failure) {
      print_note(context.streams,
                 fmt::format("pod/{}: {}", shown.selected.targets[i].pod,
                             failure->message));
    }
  }
}

/// Asks nobody but the API server.
Result<Shown> find(const TargetsFlags& flags, CommandSession& session,
                   const collect::PodRequest& request) {
  std::optional<kube::OpenCluster> cluster;
  if (request.listed == nullptr) {
    TRY_ASSIGN(cluster,
               kube::open_cluster(flags.capture.pods.cluster, *session.get()));
  }
  const collect::PodSource source(&request, cluster ? &*cluster : nullptr);
  constexpr bool k_explain_all = true;
  Shown shown;
  TRY_ASSIGN(shown.selected,
             session->run(source.select(
                 {.needs_ip = true, .explain_all = k_explain_all})));
  collect::report_list_failure(*session.get()->messages, shown.selected);
  shown.none = source.describe(0, k_explain_all);
  return shown;
}

/// Asks the targets, too, over the route that a capture would take.
Result<Shown> find_and_probe(CommandSession& session,
                             const collect::CaptureRequest& request) {
  collect::Capture capture(session.get(), &request);
  Shown shown;
  TRY_ASSIGN(shown.selected, session->run(capture.select_all()));
  shown.probes = session->run(capture.probe(&shown.selected.targets));
  shown.none = capture.describe(0);
  return shown;
}

std::size_t count_silent(const Shown& shown) {
  std::size_t count = 0;
  for (const collect::Probe& probe :
       shown.probes.value_or(std::vector<collect::Probe>())) {
    count += probe.failure ? 1 : 0;
  }
  return count;
}

ExitCode exit_code(const Shown& shown) {
  const collect::Selected& selected = shown.selected;
  if (selected.list_failure) {
    return ExitCode::failed;
  }
  const std::size_t silent = count_silent(shown);
  if (silent > 0 && silent == selected.targets.size()) {
    return ExitCode::failed;
  }
  return silent > 0 || std::ranges::any_of(selected.not_targets, is_missing)
             ? ExitCode::partial
             : ExitCode::ok;
}

/// Errors: usage, when a flag says how to ask nobody.
Result<void> check(const TargetsFlags& flags) {
  const auto given = flags.scoped.given();
  if (!flags.probe && !given.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("{} has no effect without --probe", given[0].name));
  }
  return {};
}

Result<ExitCode> show_targets(const TargetsFlags& flags,
                              const Context& context) {
  TRY(check(flags));
  TRY_ASSIGN(const collect::CaptureRequest request,
             complete(flags.capture, context.env));
  CommandSession session(context);
  TRY_ASSIGN(const Shown shown, flags.probe
                                    ? find_and_probe(session, request)
                                    : find(flags, session, request.pods));
  if (session->is_stopped()) {
    return fail(ErrorKind::cancelled, "interrupted");
  }
  if (shown.selected.pods_seen == 0) {
    print_note(context.streams, shown.none);
  }
  note(shown.selected, flags, context);
  if (shown.probes && flags.format == report::TargetsFormat::name) {
    note_silent(shown, context);
  }
  TRY(print_results(
      context.streams,
      report::render_targets(shown.selected, flags.format, shown.probed())));
  return exit_code(shown);
}

}  // namespace

void add_targets(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<TargetsFlags>();
  CLI::App* targets = app.add_subcommand(
      "targets",
      "Show what capture would profile, and why not for every other pod");
  add_pod_names(*targets, flags->capture.pods, "Only these pods");
  targets->add_flag("--probe", flags->probe,
                    "Ask each target which profiles it offers, and how many "
                    "entries each has");
  add_pod_flags(*targets, flags->capture.pods);
  cli::FlagGroup(*targets, "Output")
      .parsed("-o,--output", flags->format, report::parse_targets_format,
              "FORMAT", "table, wide, json or name")
      ->default_str("table");
  add_route_flags(*targets, flags->capture, &flags->scoped);
  targets->footer(
      list_exit_codes(
          {.ok = "success, even if nothing would be captured",
           .failed = "failed, or the list is incomplete, or none of the named "
                     "pods exists,\n       or no target answered --probe",
           .partial = "some of the named pods do not exist, or some targets "
                      "did not\n       answer --probe"}) +
      cli::point_to_options(app, k_all_shared));
  when_named(*targets, chosen, [flags](const Context& context) {
    return show_targets(*flags, context);
  });
}

}  // namespace kprofefe::cmd
