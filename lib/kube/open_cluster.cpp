// SPDX-License-Identifier: MIT
#include "kube/open_cluster.hpp"

#include "kube/resolve_cluster.hpp"

#include <string_view>
#include <utility>

namespace kprofefe::kube {
namespace {

Env with_kuberc(const std::string& kuberc, Env env) {
  if (!kuberc.empty()) {
    env.variables.insert_or_assign("KUBERC", kuberc);
  }
  return env;
}

}  // namespace

Result<OpenCluster> open_cluster(const ClusterRequest& request,
                                 const Session& session) {
  TRY_ASSIGN(ClusterConfig config,
             resolve_cluster(request.choice,
                             with_kuberc(request.kuberc, *session.env)));
  Messages* const messages = session.messages;
  for (const std::string& warning : config.warnings) {
    messages->note(warning);
  }
  OpenCluster cluster{.ns = config.ns, .in_cluster = config.in_cluster};
  cluster.api = std::make_unique<Api>(
      session.http, std::move(config),
      ApiOptions{.timeout = request.timeout,
                 .stop = session.stop,
                 .on_warning = [messages](std::string_view text) {
                   messages->note("the API server warns: " + std::string(text));
                 }});
  return cluster;
}

}  // namespace kprofefe::kube
