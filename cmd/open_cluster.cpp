// SPDX-License-Identifier: MIT
#include "cmd/open_cluster.hpp"

#include "kube/cluster_config.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::cmd {

Result<OpenCluster> open_cluster(const ClusterFlags& flags,
                                 const Context& context, http::Client* client,
                                 std::stop_token stop) {
  TRY_ASSIGN(const Milliseconds timeout, read_request_timeout(flags));
  TRY_ASSIGN(const kube::ClusterChoice choice, read_choice(flags));
  TRY_ASSIGN(kube::ClusterConfig config,
             kube::resolve_cluster(choice, with_kuberc(flags, context.env)));
  for (const std::string& warning : config.warnings) {
    print_note(context.streams, warning);
  }
  OpenCluster cluster{.ns = config.ns, .in_cluster = config.in_cluster};
  cluster.api = std::make_unique<kube::Api>(
      client, std::move(config),
      kube::ApiOptions{.timeout = timeout,
                       .stop = std::move(stop),
                       .on_warning = [&context](std::string_view text) {
                         print_note(context.streams, "the API server warns: " +
                                                         std::string(text));
                       }});
  return cluster;
}

}  // namespace kprofefe::cmd
