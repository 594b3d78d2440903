// SPDX-License-Identifier: MIT
#include "cmd/choose_route.hpp"

#include "collect/fallback_route.hpp"
#include "collect/pod_ip_route.hpp"
#include "collect/port_forward_route.hpp"
#include "collect/proxy_route.hpp"

#include <utility>
#include <vector>

namespace kprofefe::cmd {

bool needs_cluster(std::string_view via, const ClusterFlags& flags) {
  return via == "port-forward" || via == "proxy" ||
         (via == "auto" && names_cluster(flags));
}

std::unique_ptr<collect::Route> choose_route(std::string_view via,
                                             const OpenCluster* cluster,
                                             http::Client* client,
                                             collect::TargetAccess access) {
  // Outside, and with a file of pods, it is the user who chooses addresses; in
  // the cluster it would be whoever may write the status of a pod.
  access.refuses_local_ips &= cluster != nullptr && cluster->in_cluster;
  if (via == "pod-ip" || cluster == nullptr) {
    return collect::pod_ip_route(client, access);
  }
  kube::Api* api = cluster->api.get();
  if (via == "port-forward") {
    return collect::port_forward_route(client, api, access);
  }
  if (via == "proxy") {
    return collect::proxy_route(api, access);
  }
  std::vector<std::unique_ptr<collect::Route>> routes;
  if (cluster->in_cluster) {
    routes.push_back(collect::pod_ip_route(client, access));
  }
  routes.push_back(collect::port_forward_route(client, api, access));
  if (!cluster->in_cluster) {
    routes.push_back(collect::proxy_route(api, access));
  }
  return collect::fallback_route(std::move(routes));
}

}  // namespace kprofefe::cmd
