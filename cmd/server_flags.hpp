// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/command_session.hpp"

#include "base/result.hpp"
#include "kube/open_cluster.hpp"
#include "profefe/client.hpp"
#include "profefe/hostport.hpp"

#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace kprofefe::cli {
class FlagGroup;
}

namespace kprofefe::cmd {

/// Which profefe server to ask, and in which cluster it is when it is a
/// Service.
struct ServerFlags {
  profefe::ServerAddress address = profefe::default_server();
  std::string authorization;
  kube::ClusterRequest cluster;
};

/// Adds --profefe-token-file, of which `authorization` becomes what
/// ServerAddress has.
void add_token_flag(cli::FlagGroup& group, std::string& authorization);

/// Adds --profefe-hostport and the flags of the cluster. `flags` must live as
/// long as the command.
void add_server_flags(CLI::App& app, ServerFlags& flags);

/// A client of the server, which must not outlive the session. Errors: as
/// collect::reach_server().
Result<std::unique_ptr<profefe::Client>> open_client(const ServerFlags& flags,
                                                     CommandSession& session);

}  // namespace kprofefe::cmd
