// SPDX-License-Identifier: MIT
#include "cmd/command.hpp"
#include "cmd/pod_flags.hpp"
#include "cmd/user_agent.hpp"

#include "async/interrupt.hpp"
#include "async/loop.hpp"
#include "collect/selection.hpp"
#include "http/client.hpp"
#include "http/url.hpp"
#include "term/table.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace kprofefe::cmd {
namespace {

struct TargetsFlags {
  PodFlags pods;
  std::string output = "table";
};

std::string address(const collect::Target& target) {
  const std::string host = target.ip.empty() ? "-" : target.ip;
  return fmt::format("http://{}{}", http::authority(host, target.port),
                     target.path);
}

std::string render_table(const collect::Selected& selected,
                         const Context& context) {
  term::Table table({"NAMESPACE", "POD", "TARGET", "SERVICE", "WHY NOT"});
  for (const collect::Target& target : selected.targets) {
    table.add({target.ns, target.pod, address(target), target.service, "-"});
  }
  for (const collect::NotTarget& pod : selected.not_targets) {
    table.add({pod.ns, pod.pod, "-", "-", pod.reason});
  }
  const bool terminal = context.streams.out_is_terminal;
  return table.render(terminal ? context.streams.columns : 0);
}

std::string render_json(const collect::Selected& selected) {
  using nlohmann::ordered_json;
  ordered_json document = {{"targets", ordered_json::array()},
                           {"not_targets", ordered_json::array()}};
  for (const collect::Target& target : selected.targets) {
    document["targets"].push_back({{"namespace", target.ns},
                                   {"pod", target.pod},
                                   {"service", target.service},
                                   {"scheme", "http"},
                                   {"ip", target.ip},
                                   {"port", target.port},
                                   {"path", target.path}});
  }
  for (const collect::NotTarget& pod : selected.not_targets) {
    document["not_targets"].push_back(
        {{"namespace", pod.ns}, {"pod", pod.pod}, {"reason", pod.reason}});
  }
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) +
         "\n";
}

std::string render(const collect::Selected& selected, const std::string& output,
                   const Context& context) {
  if (output == "json") {
    return render_json(selected);
  }
  if (output == "table") {
    return render_table(selected, context);
  }
  std::string names;
  for (const collect::Target& target : selected.targets) {
    names += "pod/" + target.pod + "\n";
  }
  return names;
}

Result<ExitCode> show_targets(const TargetsFlags& flags,
                              const Context& context) {
  TRY_ASSIGN(auto listed, read_listed_pods(flags.pods));
  async::Loop loop;
  const async::Interrupt interrupt(loop);
  http::Client client(loop, user_agent());
  TRY_ASSIGN(const PodSource source,
             PodSource::open(flags.pods, std::move(listed), context, &client,
                             interrupt.token()));
  TRY_ASSIGN(const collect::Selected selected,
             loop.run(source.select({.needs_ip = true, .explain_all = true})));
  if (selected.pods_seen == 0) {
    print_note(context.streams, fmt::format("no pods in {}", source.scope()));
  }
  TRY(print_results(context.streams, render(selected, flags.output, context)));
  return ExitCode::ok;
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
  targets->callback([flags, &chosen] {
    chosen = [flags](const Context& context) {
      const Result<ExitCode> code = show_targets(*flags, context);
      return code ? *code : print_error(context.streams, code.error());
    };
  });
}

}  // namespace kprofefe::cmd
