// SPDX-License-Identifier: MIT
#include "collect/selection.hpp"

#include "async/for_each_bounded.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::collect {
namespace {

TargetRules rules_for(const std::string& pod, const Selection& selection,
                      SelectionRules rules) {
  TargetRules target{.named = !selection.names.empty(),
                     .needs_annotation = selection.needs_annotation(),
                     .needs_ip = rules.needs_ip,
                     .endpoint = selection.endpoint};
  if (const auto port = selection.ports.find(pod);
      port != selection.ports.end()) {
    target.endpoint.port = port->second;
  }
  return target;
}

void consider(const kube::Pod& pod, const Selection& selection,
              SelectionRules rules, Selected& selected) {
  ++selected.pods_seen;
  auto target = target_of(pod, rules_for(pod.name, selection, rules));
  selected.not_annotated +=
      !target && target.error().why == WhyNot::not_wanted ? 1 : 0;
  if (target) {
    selected.targets.push_back(*std::move(target));
  } else if (rules.explain_all || target.error().why != WhyNot::not_wanted) {
    selected.not_targets.push_back(std::move(target).error());
  }
}

bool is_in_namespace(const kube::Pod& pod, const Selection& selection) {
  return selection.ns.empty() || pod.ns == selection.ns;
}

std::string in_namespace(const Selection& selection) {
  return selection.ns.empty()
             ? std::string()
             : fmt::format(" in namespace \"{}\"", selection.ns);
}

std::string running_only(const std::string& field_selector) {
  constexpr std::string_view k_running = "status.phase=Running";
  return field_selector.empty()
             ? std::string(k_running)
             : fmt::format("{},{}", field_selector, k_running);
}

/// Each once: who names a pod twice means one pod.
std::vector<std::string> distinct(const std::vector<std::string>& names) {
  std::set<std::string_view> seen;
  std::vector<std::string> once;
  for (const std::string& name : names) {
    if (seen.insert(name).second) {
      once.push_back(name);
    }
  }
  return once;
}

void add_missing(const std::string& name, const Selection& selection,
                 std::string reason, Selected& selected) {
  selected.not_targets.push_back({.ns = selection.ns,
                                  .pod = name,
                                  .why = WhyNot::missing,
                                  .named = true,
                                  .reason = std::move(reason)});
}

/// With not one of the named pods there, it is the names that are wrong, or
/// the namespace or the file.
Result<Selected> unless_all_are_missing(Selected selected) {
  if (selected.pods_seen > 0) {
    return selected;
  }
  std::string reasons;
  for (const NotTarget& pod : selected.not_targets) {
    reasons += (reasons.empty() ? "" : "; ") + pod.reason;
  }
  return fail(ErrorKind::not_found, std::move(reasons));
}

/// What was listed until the failure counts, unless there is nothing or the
/// user wants no more.
Result<Selected> with_failure(Selected selected, Error failure) {
  if (selected.pods_seen == 0 || failure.kind == ErrorKind::cancelled) {
    return std::unexpected(std::move(failure));
  }
  selected.list_failure = std::move(failure);
  return selected;
}

/// Named pods on their way from the API server.
class NamedPods {
 public:
  NamedPods(kube::Api* api, const Selection& selection, SelectionRules rules)
      : api_(api),
        selection_(selection),
        rules_(rules),
        names_(distinct(selection.names)),
        answers_(names_.size()) {}

  async::Task<Result<Selected>> select() {
    constexpr std::size_t k_at_a_time = 16;
    const auto job = [this](std::size_t index) { return get(index); };
    co_await async::for_each_bounded(names_.size(), k_at_a_time, job);
    Selected selected;
    std::optional<Error> failure;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const std::optional<Result<kube::Pod>>& answer = answers_[i];
      if (!answer) {
        continue;
      }
      if (*answer) {
        consider(**answer, selection_, rules_, selected);
      } else if (is_missing(*answer)) {
        add_missing(names_[i], selection_, answer->error().message, selected);
      } else if (!failure) {
        failure = answer->error();
      }
    }
    if (failure) {
      co_return with_failure(std::move(selected), *std::move(failure));
    }
    co_return unless_all_are_missing(std::move(selected));
  }

 private:
  static bool is_missing(const Result<kube::Pod>& answer) {
    return !answer && answer.error().kind == ErrorKind::not_found;
  }

  /// What is wrong with the API server is so for the other pods: they come
  /// after this one, and are not asked for any more.
  async::Task<void> get(std::size_t index) {
    if (has_failed_) {
      co_return;
    }
    Result<kube::Pod> answer =
        co_await api_->get_pod(selection_.ns, names_[index]);
    has_failed_ = has_failed_ || (!answer && !is_missing(answer));
    answers_[index] = std::move(answer);
  }

  kube::Api* api_;
  const Selection& selection_;
  SelectionRules rules_;
  std::vector<std::string> names_;
  /// Nothing: not asked for.
  std::vector<std::optional<Result<kube::Pod>>> answers_;
  bool has_failed_ = false;
};

Result<Selected> select_named_from(const std::vector<kube::Pod>& pods,
                                   const Selection& selection,
                                   SelectionRules rules) {
  Selected selected;
  for (const std::string& name : distinct(selection.names)) {
    const std::size_t seen_before = selected.pods_seen;
    for (const kube::Pod& pod : pods) {
      if (pod.name == name && is_in_namespace(pod, selection)) {
        consider(pod, selection, rules, selected);
      }
    }
    if (selected.pods_seen == seen_before) {
      add_missing(name, selection,
                  fmt::format("pod \"{}\" not found{} among the {} pods in the "
                              "file",
                              name, in_namespace(selection), pods.size()),
                  selected);
    }
  }
  return unless_all_are_missing(std::move(selected));
}

}  // namespace

async::Task<Result<Selected>> select_pods(kube::Api* api, Selection selection,
                                          SelectionRules rules) {
  if (!selection.names.empty()) {
    NamedPods named(api, selection, rules);
    co_return co_await named.select();
  }
  Selected selected;
  const kube::PodQuery query{
      .ns = selection.ns,
      .label_selector = selection.label_selector,
      .field_selector = rules.explain_all
                            ? selection.field_selector
                            : running_only(selection.field_selector),
      .chunk_size = selection.chunk_size};
  const auto on_pod = [&](const kube::Pod& pod) {
    consider(pod, selection, rules, selected);
  };
  const Result<kube::ListSummary> listed =
      co_await api->list_pods(query, on_pod);
  if (!listed) {
    co_return with_failure(std::move(selected), listed.error());
  }
  co_return selected;
}

Result<Selected> select_from(const std::vector<kube::Pod>& pods,
                             const Selection& selection, SelectionRules rules) {
  if (!selection.names.empty()) {
    return select_named_from(pods, selection, rules);
  }
  Selected selected;
  for (const kube::Pod& pod : pods) {
    if (is_in_namespace(pod, selection)) {
      consider(pod, selection, rules, selected);
    }
  }
  return selected;
}

}  // namespace kprofefe::collect
