// SPDX-License-Identifier: MIT
#include "collect/route_choice.hpp"

#include "base/choice.hpp"
#include "collect/fallback_route.hpp"
#include "collect/pod_ip_route.hpp"
#include "collect/port_forward_route.hpp"
#include "collect/proxy_route.hpp"

#include <array>
#include <utility>
#include <vector>

namespace kprofefe::collect {
namespace {

constexpr std::array<std::pair<std::string_view, RouteChoice>, 4> k_names = {
    {{"auto", RouteChoice::automatic},
     {"pod-ip", RouteChoice::pod_ip},
     {"port-forward", RouteChoice::port_forward},
     {"proxy", RouteChoice::proxy}}};

std::unique_ptr<Route> automatic_route(const kube::OpenCluster& cluster,
                                       http::Client* client,
                                       const TargetAccess& access) {
  kube::Api* const api = cluster.api.get();
  std::vector<std::unique_ptr<Route>> routes;
  if (cluster.in_cluster) {
    routes.push_back(pod_ip_route(client, access));
  }
  routes.push_back(port_forward_route(client, api, access));
  if (!cluster.in_cluster) {
    routes.push_back(proxy_route(api, access));
  }
  return fallback_route(std::move(routes), &client->log());
}

}  // namespace

Result<RouteChoice> parse_route_choice(std::string_view name) {
  return parse_choice(name, k_names);
}

bool needs_cluster(RouteChoice choice, const kube::ClusterRequest& cluster) {
  return choice == RouteChoice::port_forward || choice == RouteChoice::proxy ||
         (choice == RouteChoice::automatic && cluster.choice.names_cluster());
}

std::unique_ptr<Route> make_route(RouteChoice choice,
                                  const kube::OpenCluster* cluster,
                                  http::Client* client, TargetAccess access) {
  // Outside, and with a list of pods, it is the user who chooses addresses; in
  // the cluster it would be whoever may write the status of a pod.
  access.refuses_local_ips &= cluster != nullptr && cluster->in_cluster;
  if (choice == RouteChoice::pod_ip || cluster == nullptr) {
    return pod_ip_route(client, std::move(access));
  }
  switch (choice) {
    case RouteChoice::port_forward:
      return port_forward_route(client, cluster->api.get(), std::move(access));
    case RouteChoice::proxy:
      return proxy_route(cluster->api.get(), std::move(access));
    default:
      return automatic_route(*cluster, client, access);
  }
}

}  // namespace kprofefe::collect
