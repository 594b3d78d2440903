// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "collect/selection.hpp"
#include "kube/open_cluster.hpp"
#include "kube/pod.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace kprofefe::collect {

/// Pods from a list, e.g. a file.
struct ListedPods {
  std::string name;  ///< of the list in messages: `pods.json`
  std::vector<kube::Pod> pods;
};

/// Which pods to profile or to look at.
struct PodRequest {
  /// Its namespace is empty where none is named.
  Selection selection;
  bool all_namespaces = false;
  std::shared_ptr<const ListedPods> listed;  ///< null: ask the API server
};

/// Where the pods of a request come from: an API server, or a list.
class PodSource {
 public:
  /// `cluster` may be null for a list; both must outlive the source.
  PodSource(const PodRequest* request, const kube::OpenCluster* cluster);

  /// The selected pods. Errors: as select_pods(), select_from().
  [[nodiscard]] async::Task<Result<Selected>> select(
      SelectionRules rules) const;

  /// For messages, how many pods select() saw, by its explain_all:
  /// `1 running pod in namespace "shop" that matches -l app=api`, `no pods in
  /// pods.json`.
  [[nodiscard]] std::string describe(std::size_t pods, bool explain_all) const;

 private:
  [[nodiscard]] std::string scope(bool empty) const;

  const PodRequest* request_;
  Selection selection_;  ///< the request's, in the namespace that is meant
  kube::Api* api_;       ///< null: they are listed
};

}  // namespace kprofefe::collect
