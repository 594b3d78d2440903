// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "collect/route.hpp"
#include "collect/target_access.hpp"
#include "http/client.hpp"
#include "kube/open_cluster.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace kprofefe::collect {

/// What `--via` says.
enum class RouteChoice : std::uint8_t {
  /// Inside the cluster pod-ip, then port-forward; outside port-forward, then
  /// proxy; pod-ip for pods that are listed without a cluster.
  automatic,
  pod_ip,
  port_forward,
  proxy,
};

/// `auto`, `pod-ip`, `port-forward` or `proxy`. Errors: usage.
Result<RouteChoice> parse_route_choice(std::string_view name);

/// Whether pods that are listed are reached through a cluster: the choice says
/// so, or it leaves it open and one is named.
bool needs_cluster(RouteChoice choice, const kube::ClusterRequest& cluster);

/// The route of that choice. Without a cluster (null) only pod_ip and automatic
/// can be meant. Local addresses of pods are refused only in the cluster.
/// `cluster` and `client` must outlive the route.
std::unique_ptr<Route> make_route(RouteChoice choice,
                                  const kube::OpenCluster* cluster,
                                  http::Client* client, TargetAccess access);

}  // namespace kprofefe::collect
