// SPDX-License-Identifier: MIT
#include "collect/pod_change.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace kprofefe::collect {

async::Task<std::string> pod_change(kube::Api* api, const Target* target) {
  const Result<kube::Pod> pod = co_await api->get_pod(target->ns, target->pod);
  if (!pod) {
    co_return pod.error().kind == ErrorKind::not_found
        ? "the pod has been deleted"
        : "";
  }
  if (!target->uid.empty() && pod->uid != target->uid) {
    co_return "the pod has been deleted, and another one has its name now";
  }
  if (pod->terminating) {
    co_return "the pod is being deleted";
  }
  co_return pod->phase == "Running"
      ? ""
      : fmt::format("the pod is {} now", one_line(pod->phase));
}

}  // namespace kprofefe::collect
