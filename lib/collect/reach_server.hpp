// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "kube/open_cluster.hpp"
#include "profefe/hostport.hpp"
#include "session/session.hpp"

namespace kprofefe::collect {

/// The profefe server at `address`. One that is a Service is reached through a
/// port-forward, as long as the server's tunnel lives, and its URL is the one
/// that it has in the cluster. A URL is not asked yet. Errors, of a Service: as
/// kube::open_cluster() and kube::forward_service(). All pointers must outlive
/// the task, and the session the server.
async::Task<Result<profefe::Server>> reach_server(
    const Session* session, profefe::ServerAddress address,
    const kube::ClusterRequest* cluster);

}  // namespace kprofefe::collect
