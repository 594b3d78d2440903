// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/command_session.hpp"

#include "base/result.hpp"
#include "kube/open_cluster.hpp"
#include "profefe/client.hpp"
#include "profefe/hostport.hpp"

#include <memory>

namespace CLI {
class App;
}

namespace kprofefe::cmd {

/// Which profefe server to ask, and in which cluster it is when it is a
/// Service.
struct ServerFlags {
  profefe::ServerAddress address = profefe::default_server();
  kube::ClusterRequest cluster;
};

/// Adds --profefe-hostport and the flags of the cluster. `flags` must live as
/// long as the command.
void add_server_flags(CLI::App& app, ServerFlags& flags);

/// A client of the server, which must not outlive the session. Errors: as
/// collect::reach_server().
Result<std::unique_ptr<profefe::Client>> open_client(const ServerFlags& flags,
                                                     CommandSession& session);

}  // namespace kprofefe::cmd
