// SPDX-License-Identifier: MIT
#include "kube/config/kubeconfig.hpp"

#include <utility>

namespace kprofefe::kube {

bool Kubeconfig::empty() const {
  return clusters.empty() && users.empty() && contexts.empty() &&
         current_context.empty();
}

void Kubeconfig::add(Kubeconfig other) {
  clusters.merge(other.clusters);
  users.merge(other.users);
  contexts.merge(other.contexts);
  if (current_context.empty()) {
    current_context = std::move(other.current_context);
    current_context_file = std::move(other.current_context_file);
  }
}

}  // namespace kprofefe::kube
