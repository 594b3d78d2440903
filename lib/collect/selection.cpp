// SPDX-License-Identifier: MIT
#include "collect/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::collect {
namespace {

void consider(const kube::Pod& pod, const Selection& selection,
              Selected& selected) {
  ++selected.pods_seen;
  auto target = target_of(
      pod, {.named = !selection.names.empty(), .needs_ip = selection.needs_ip});
  if (target) {
    selected.targets.push_back(*std::move(target));
  } else if (selection.explain_all ||
             target.error().why != WhyNot::not_wanted) {
    selected.not_targets.push_back(std::move(target).error());
  }
}

std::string running_only(const std::string& field_selector) {
  constexpr std::string_view k_running = "status.phase=Running";
  return field_selector.empty()
             ? std::string(k_running)
             : fmt::format("{},{}", field_selector, k_running);
}

async::Task<Result<Selected>> select_named(kube::Api* api,
                                           Selection selection) {
  Selected selected;
  for (const std::string& name : selection.names) {
    CO_TRY_ASSIGN(const kube::Pod pod,
                  co_await api->get_pod(selection.ns, name));
    consider(pod, selection, selected);
  }
  co_return selected;
}

}  // namespace

async::Task<Result<Selected>> select_pods(kube::Api* api, Selection selection) {
  if (!selection.names.empty()) {
    co_return co_await select_named(api, std::move(selection));
  }
  Selected selected;
  const kube::PodQuery query{
      .ns = selection.ns,
      .label_selector = selection.label_selector,
      .field_selector = selection.explain_all
                            ? selection.field_selector
                            : running_only(selection.field_selector),
      .chunk_size = selection.chunk_size};
  const auto on_pod = [&](const kube::Pod& pod) {
    consider(pod, selection, selected);
  };
  CO_TRY(co_await api->list_pods(query, on_pod));
  co_return selected;
}

Result<Selected> select_from(const std::vector<kube::Pod>& pods,
                             const Selection& selection) {
  Selected selected;
  for (const std::string& name : selection.names) {
    if (std::ranges::find(pods, name, &kube::Pod::name) == pods.end()) {
      return fail(ErrorKind::not_found,
                  fmt::format("pod \"{}\" is not among the {} pods of the file",
                              name, pods.size()));
    }
  }
  for (const kube::Pod& pod : pods) {
    const bool in_namespace = selection.ns.empty() || pod.ns == selection.ns;
    const bool named =
        selection.names.empty() ||
        std::ranges::find(selection.names, pod.name) != selection.names.end();
    if (in_namespace && named) {
      consider(pod, selection, selected);
    }
  }
  return selected;
}

}  // namespace kprofefe::collect
