// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/cluster_flags.hpp"
#include "cmd/open_cluster.hpp"

#include "collect/route.hpp"
#include "collect/target_access.hpp"
#include "http/client.hpp"

#include <memory>
#include <string_view>

namespace kprofefe::cmd {

/// Whether pods that are listed are reached through a cluster: `--via` or a
/// flag that names one says so; else directly.
bool needs_cluster(std::string_view via, const ClusterFlags& flags);

/// The route that `--via` means: `pod-ip`, `port-forward`, `proxy` or `auto`,
/// which is pod-ip, then port-forward inside the cluster; port-forward, then
/// proxy outside of it; pod-ip without one (null), where only these two can be
/// meant. Local addresses of pods are refused only in the cluster. `cluster`
/// and `client` must outlive the route.
std::unique_ptr<collect::Route> choose_route(std::string_view via,
                                             const OpenCluster* cluster,
                                             http::Client* client,
                                             collect::TargetAccess access);

}  // namespace kprofefe::cmd
