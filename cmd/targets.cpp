// SPDX-License-Identifier: MIT
#include "cmd/command.hpp"
#include "cmd/help.hpp"
#include "cmd/open_cluster.hpp"
#include "cmd/pod_flags.hpp"
#include "cmd/report_groups.hpp"
#include "cmd/report_notes.hpp"
#include "cmd/user_agent.hpp"

#include "async/interrupt.hpp"
#include "async/loop.hpp"
#include "base/json_escape.hpp"
#include "collect/selection.hpp"
#include "http/client.hpp"
#include "http/url.hpp"
#include "term/table.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <optional>

namespace kprofefe::cmd {
namespace {

struct TargetsFlags {
  PodFlags pods;
  std::string output = "table";
};

std::string address(const collect::Target& target) {
  const std::string host = target.ip.empty() ? "-" : target.ip;
  return fmt::format("{}://{}{}", collect::scheme_name(target.scheme),
                     http::authority(host, target.port), target.path);
}

std::string render_table(const collect::Selected& selected) {
  term::Table table({"NAMESPACE", "POD", "TARGET", "SERVICE", "WHY NOT"});
  for (const collect::Target& target : selected.targets) {
    table.add({target.ns, target.pod, address(target), target.service, "-"});
  }
  for (const collect::NotTarget& pod : selected.not_targets) {
    table.add({namespace_of(pod), pod.pod, "-", "-", pod.reason});
  }
  return table.render();
}

std::string render_json(const collect::Selected& selected) {
  using nlohmann::ordered_json;
  ordered_json document = {{"targets", ordered_json::array()},
                           {"not_targets", ordered_json::array()}};
  for (const collect::Target& target : selected.targets) {
    document["targets"].push_back(
        {{"namespace", target.ns},
         {"pod", target.pod},
         {"service", target.service},
         {"scheme", collect::scheme_name(target.scheme)},
         {"ip", target.ip},
         {"port", target.port},
         {"path", target.path}});
  }
  for (const collect::NotTarget& pod : selected.not_targets) {
    document["not_targets"].push_back(
        {{"namespace", pod.ns}, {"pod", pod.pod}, {"reason", pod.reason}});
  }
  return escape_controls(document.dump(
             2, ' ', false, ordered_json::error_handler_t::replace)) +
         "\n";
}

std::string render(const collect::Selected& selected,
                   const std::string& output) {
  if (output == "json") {
    return render_json(selected);
  }
  if (output == "table") {
    return render_table(selected);
  }
  std::string names;
  for (const collect::Target& target : selected.targets) {
    names += "pod/" + target.pod + "\n";
  }
  return names;
}

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

Result<ExitCode> show_targets(const TargetsFlags& flags,
                              const Context& context) {
  TRY_ASSIGN(auto listed, read_listed_pods(flags.pods));
  async::Loop loop;
  const async::Interrupt interrupt(loop);
  http::Client client(loop, user_agent());
  std::optional<OpenCluster> cluster;
  if (!listed) {
    TRY_ASSIGN(cluster, open_cluster(flags.pods.cluster, context, &client,
                                     interrupt.token()));
  }
  TRY_ASSIGN(const PodSource source,
             PodSource::open(flags.pods, std::move(listed),
                             cluster ? &*cluster : nullptr));
  TRY_ASSIGN(const collect::Selected selected,
             loop.run(source.select({.needs_ip = true, .explain_all = true})));
  report_list_failure(context.streams, selected);
  if (selected.pods_seen == 0) {
    constexpr bool k_explain_all = true;
    print_note(context.streams, source.describe(0, k_explain_all));
  }
  ReportNotes notes;
  for (const collect::Target& target : selected.targets) {
    notes.add(target);
  }
  for (const std::string& hint : notes.lines()) {
    print_note(context.streams, hint);
  }
  if (flags.output == "name") {
    note_missing(selected, context);
  }
  TRY(print_results(context.streams, render(selected, flags.output)));
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
      "What capture would profile and, for every other pod, why not");
  targets->add_option("POD", flags->pods.names, "Only these pods");
  add_pod_flags(*targets, flags->pods);
  targets->add_option("-o,--output", flags->output, "table, json or name")
      ->capture_default_str()
      ->check(CLI::IsMember({"table", "json", "name"}));
  targets->footer(list_exit_codes(
      {.ok = "listed, also when nothing would be captured",
       .failed =
           "failed, also when the list broke off, or not one of the named "
           "pods is there",
       .partial = "listed; some of the named pods are not there"}));
  targets->callback([flags, &chosen] {
    chosen = [flags](const Context& context) {
      const Result<ExitCode> code = show_targets(*flags, context);
      return code ? *code : print_error(context.streams, code.error());
    };
  });
}

}  // namespace kprofefe::cmd
