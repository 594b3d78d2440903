// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/cluster_flags.hpp"
#include "cmd/open_cluster.hpp"
#include "cmd/streams.hpp"

#include "async/task.hpp"
#include "collect/selection.hpp"
#include "kube/pod.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace kprofefe::cmd {

/// The heading of the flags that select pods, in `--help`.
inline constexpr const char* k_pods_group = "Which pods";

/// Which cluster and which pods: the flags that capture, collect and targets
/// share, spelt as kubectl's.
struct PodFlags {
  std::vector<std::string> names;  ///< capture only
  ClusterFlags cluster;
  bool all_namespaces = false;
  std::string label_selector;
  std::string field_selector;
  std::size_t chunk_size = 500;
  std::string filename;  ///< pods from here, no API server needed; `-`: stdin
};

void add_pod_flags(CLI::App& app, PodFlags& flags);

/// The pods of -f, nothing without it. Blocks while it reads: call it before
/// signals are caught, so that they can end it. Errors: usage (flags that
/// exclude each other), io, malformed.
Result<std::optional<std::vector<kube::Pod>>> read_listed_pods(
    const PodFlags& flags);

/// Names the failure that ended a list, when one did: what was listed before it
/// is gone on with.
void report_list_failure(Streams& streams, const collect::Selected& selected);

/// Where pods come from: an API server, or a list that was read.
class PodSource {
 public:
  /// From what read_listed_pods() yielded, else from `cluster`, which must
  /// outlive the source. Errors: usage.
  static Result<PodSource> open(const PodFlags& flags,
                                std::optional<std::vector<kube::Pod>> listed,
                                const OpenCluster* cluster);

  /// The pods that the flags mean; `selection` has what they do not say.
  async::Task<Result<collect::Selected>> select(
      collect::Selection selection) const;

  /// For messages, how many pods select() saw, by its explain_all:
  /// `1 running pod in namespace "shop" that matches -l app=api`, `no pods in
  /// pods.json`.
  [[nodiscard]] std::string describe(std::size_t pods, bool explain_all) const;

 private:
  [[nodiscard]] std::string scope(bool empty) const;

  collect::Selection wanted_;
  std::string filename_;
  std::optional<std::vector<kube::Pod>> listed_;
  kube::Api* api_ = nullptr;  ///< null: they are listed
};

}  // namespace kprofefe::cmd
