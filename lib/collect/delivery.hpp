// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "collect/sink.hpp"
#include "kube/open_cluster.hpp"
#include "profefe/client.hpp"
#include "profefe/hostport.hpp"
#include "session/session.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::collect {

/// Where captured profiles go.
struct DeliveryRequest {
  std::string output_dir;  ///< empty: no files
  bool fsync = false;      ///< DirectoryOptions::fsync
  std::optional<profefe::ServerAddress> profefe;
  /// How long a round waits in total for an unavailable profefe server.
  std::chrono::milliseconds patience{30000};
};

/// The sinks of a round.
class Delivery {
 public:
  /// Errors: io, when files cannot be written; as reach_server(). `session`
  /// must outlive it, and all pointers the task.
  static async::Task<Result<std::unique_ptr<Delivery>>> open(
      const DeliveryRequest* request, const kube::ClusterRequest* cluster,
      const Session* session);

  Delivery(const Session* session, DeliveryRequest request)
      : session_(session), request_(std::move(request)) {}

  [[nodiscard]] std::vector<Sink*> sinks() const;

  /// Before any pod is profiled: an unavailable server is waited for, unless
  /// there are files to write, and one that cannot be trusted is an error.
  /// Errors: as profefe::wait_for_server().
  async::Task<Result<void>> check_server();

 private:
  const Session* session_;
  DeliveryRequest request_;
  std::optional<profefe::Server> server_;
  std::optional<profefe::Client> profefe_;
  std::vector<std::unique_ptr<Sink>> sinks_;
};

}  // namespace kprofefe::collect
