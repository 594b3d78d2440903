// SPDX-License-Identifier: MIT
#include "source/named_pods.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace kprofefe::source {

Result<NamedPods> NamedPods::among(std::span<const Source> sources) {
  NamedPods named;
  for (const Source& source : sources) {
    if (source.kind == Kind::pod) {
      TRY_ASSIGN(kube::PodName pod, kube::parse_pod_name(source.text));
      named.pods_.push_back(std::move(pod));
    }
    if (source.is_guess) {
      named.guesses_.push_back(source.text);
    }
  }
  return named;
}

collect::CaptureRequest NamedPods::request(collect::CaptureRequest live) const {
  collect::Selection& selection = live.pods.selection;
  selection = {.ns = selection.ns,
               .only_annotated = selection.only_annotated,
               .endpoint = selection.endpoint};
  for (const kube::PodName& pod : pods_) {
    if (!pod.port.empty()) {
      selection.ports.insert_or_assign(pod.name, pod.port);
    }
    selection.names.push_back(pod.name);
  }
  live.pods.all_namespaces = false;
  return live;
}

Error NamedPods::explain(const Error& error) const {
  if (guesses_.empty() || error.kind == ErrorKind::cancelled ||
      error.kind == ErrorKind::usage ||
      error.detail == ErrorDetail::nothing_captured) {
    return error;
  }
  return error.with_context(fmt::format(
      "\"{}\" {}", fmt::join(guesses_, "\", \""),
      guesses_.size() == 1
          ? "is not an existing file, so it was taken as a pod name"
          : "are not existing files, so they were taken as pod names"));
}

}  // namespace kprofefe::source
