// SPDX-License-Identifier: MIT
#include "cmd/server_flags.hpp"

#include "cmd/cluster_flags.hpp"

#include "cli/flag_group.hpp"
#include "cli/help.hpp"
#include "collect/reach_server.hpp"
#include "kube/names.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <utility>

namespace kprofefe::cmd {

void add_server_flags(CLI::App& app, ServerFlags& flags) {
  cli::FlagGroup group(app, "Server");
  group
      .parsed("--profefe-hostport", flags.address, profefe::parse_hostport,
              "ADDRESS",
              "URL of the profefe server, or svc/NAME[.NAMESPACE][:PORT] of "
              "the cluster")
      ->check(cli::refuse_empty)
      ->default_str(std::string(profefe::k_default_server));
  group.parsed("-n,--namespace", flags.cluster.choice.ns, kube::parse_namespace,
               "NAME", "Namespace of svc/NAME (default: of the context)");
  add_cluster_flags(app, flags.cluster);
}

Result<std::unique_ptr<profefe::Client>> open_client(const ServerFlags& flags,
                                                     CommandSession& session) {
  TRY_ASSIGN(profefe::Server server,
             session->run(collect::reach_server(session.get(), flags.address,
                                                &flags.cluster)));
  return std::make_unique<profefe::Client>(
      session.get()->http, std::move(server),
      profefe::Options{.stop = session.get()->stop});
}

}  // namespace kprofefe::cmd
