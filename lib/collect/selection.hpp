// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "collect/target.hpp"
#include "kube/api.hpp"
#include "kube/pod.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kprofefe::collect {

/// Which pods to select.
struct Selection {
  std::string ns;                  ///< empty: all namespaces
  std::vector<std::string> names;  ///< not empty: these pods, and no others
  std::map<std::string, std::string> ports;  ///< of named ones, where given
  std::string label_selector;
  std::string field_selector;
  /// Also what is named or selected by label must be annotated.
  bool only_annotated = false;
  EndpointChoice endpoint = {};
  std::size_t chunk_size = 500;  ///< pods a page

  /// Whoever names pods, or their labels, means them: they need no annotation.
  [[nodiscard]] bool needs_annotation() const {
    return only_annotated || (names.empty() && label_selector.empty());
  }
};

/// How selected pods are looked at.
struct SelectionRules {
  bool needs_ip = true;  ///< TargetRules::needs_ip
  /// Look at every pod and keep the reason of each that is no target; else
  /// only at running ones, and only those count that asked to be profiled.
  bool explain_all = false;
};

/// The result of a selection.
struct Selected {
  std::vector<Target> targets;
  std::vector<NotTarget> not_targets;
  std::size_t pods_seen = 0;
  std::size_t not_annotated = 0;  ///< of those pods
  /// Why there may be more than these; nothing: the list is whole.
  std::optional<Error> list_failure;
};

/// Asks the API server, page by page; pods that are no targets leave nothing
/// behind unless explain_all. Named pods are asked for at the same time and
/// come in the order of their names; a missing one is not a target and does not
/// affect others. If the list (or the get of a named pod) fails after the first
/// pods, they are selected, and the failure goes with them. Errors: what it
/// failed with before; cancelled; not_found, when all that are named are
/// missing.
async::Task<Result<Selected>> select_pods(kube::Api* api, Selection selection,
                                          SelectionRules rules = {});

/// The same from pods that somebody else has listed; selectors do not apply.
/// Errors: not_found, when none of the named pods is among them.
Result<Selected> select_from(const std::vector<kube::Pod>& pods,
                             const Selection& selection,
                             SelectionRules rules = {});

}  // namespace kprofefe::collect
