// SPDX-License-Identifier: MIT
#include "cmd/server_flags.hpp"

#include "cmd/cluster_flags.hpp"

#include "base/file.hpp"
#include "cli/flag_group.hpp"
#include "cli/help.hpp"
#include "collect/reach_server.hpp"
#include "http/bearer.hpp"
#include "kube/names.hpp"

#include <CLI/CLI.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::cmd {
namespace {

Result<std::string> read_token_file(std::string_view path) {
  constexpr std::size_t k_max_bytes = std::size_t{1} << 16;
  TRY_ASSIGN(const std::string text, read_file(std::string(path), k_max_bytes));
  return http::bearer(text, path);
}

}  // namespace

void add_token_flag(cli::FlagGroup& group, std::string& authorization) {
  group.parsed("--profefe-token-file", authorization, read_token_file, "FILE",
               "Send the bearer token in this file to the profefe server");
}

void add_server_flags(CLI::App& app, ServerFlags& flags) {
  cli::FlagGroup group(app, "Server");
  group
      .parsed("--profefe-hostport", flags.address, profefe::parse_hostport,
              "ADDRESS",
              "URL of the profefe server, or svc/NAME[.NAMESPACE][:PORT] of "
              "the cluster")
      ->check(cli::refuse_empty)
      ->default_str(std::string(profefe::k_default_server));
  add_token_flag(group, flags.authorization);
  group.parsed("-n,--namespace", flags.cluster.choice.ns, kube::parse_namespace,
               "NAME", "Namespace of svc/NAME (default: of the context)");
  add_cluster_flags(app, flags.cluster);
}

Result<std::unique_ptr<profefe::Client>> open_client(const ServerFlags& flags,
                                                     CommandSession& session) {
  profefe::ServerAddress address = flags.address;
  address.authorization = flags.authorization;
  TRY_ASSIGN(profefe::Server server,
             session->run(collect::reach_server(
                 session.get(), std::move(address), &flags.cluster)));
  return std::make_unique<profefe::Client>(
      session.get()->http, std::move(server),
      profefe::Options{.stop = session.get()->stop});
}

}  // namespace kprofefe::cmd
