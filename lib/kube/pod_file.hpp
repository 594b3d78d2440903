// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/pod.hpp"

#include <string>
#include <vector>

namespace kprofefe::kube {

/// The pods in a text that `kubectl get pods -o json` or `-o yaml` printed: a
/// Pod, a List, or several documents of them. A pod without a namespace is
/// in `default`. Of a pod that is there again, by namespace, name and uid, the
/// first is kept: lists overlap, and two clusters can have pods of one name.
/// `name` is what the text is called in errors. Errors:
/// malformed, naming the entry, also when there is anything but pods in it.
Result<std::vector<Pod>> read_pods(const std::string& text,
                                   const std::string& name);

}  // namespace kprofefe::kube
