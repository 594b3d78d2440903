// SPDX-License-Identifier: MIT
#include "collect/pod_source.hpp"

#include <fmt/format.h>

namespace kprofefe::collect {
namespace {

/// ` that match -l app=api and --field-selector spec.nodeName=node-1`.
std::string matching(const Selection& selection, bool one) {
  std::string selectors;
  if (!selection.label_selector.empty()) {
    selectors = "-l " + selection.label_selector;
  }
  if (!selection.field_selector.empty()) {
    selectors += selectors.empty() ? "" : " and ";
    selectors += "--field-selector " + selection.field_selector;
  }
  return selectors.empty()
             ? ""
             : fmt::format(" that {} {}", one ? "matches" : "match", selectors);
}

}  // namespace

PodSource::PodSource(const PodRequest* request,
                     const kube::OpenCluster* cluster)
    : request_(request),
      selection_(request->selection),
      api_(request->listed ? nullptr : cluster->api.get()) {
  if (request->all_namespaces) {
    selection_.ns.clear();
  } else if (api_ != nullptr) {
    selection_.ns = cluster->ns;
  }
}

async::Task<Result<Selected>> PodSource::select(SelectionRules rules) const {
  if (api_ == nullptr) {
    co_return select_from(request_->listed->pods, selection_, rules);
  }
  co_return co_await select_pods(api_, selection_, rules);
}

std::string PodSource::describe(std::size_t pods, bool explain_all) const {
  // An API server is asked for no others, and a list has what it has.
  const bool only_running = api_ != nullptr && !explain_all;
  return fmt::format("{} {}{} in {}{}", pods == 0 ? "no" : fmt::to_string(pods),
                     only_running ? "running " : "", pods == 1 ? "pod" : "pods",
                     scope(pods == 0), matching(selection_, pods == 1));
}

/// `namespace "shop"`, `all namespaces`, `pods.json`, `namespace "shop" of
/// pods.json`.
std::string PodSource::scope(bool empty) const {
  if (request_->listed) {
    const std::string& list = request_->listed->name;
    return selection_.ns.empty()
               ? list
               : fmt::format("namespace \"{}\" of {}", selection_.ns, list);
  }
  if (selection_.ns.empty()) {
    return empty ? "any namespace" : "all namespaces";
  }
  return fmt::format("namespace \"{}\"", selection_.ns);
}

}  // namespace kprofefe::collect
