// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/pod.hpp"

#include <string>
#include <vector>

namespace kprofefe::kube {

/// The pods in a text that `kubectl get pods -o json` or `-o yaml` printed: a
/// Pod, a List, or several YAML documents of them. A pod without a namespace is
/// in `default`. `name` is what the text is called in errors. Errors:
/// malformed, naming the entry, also when there is anything but pods in it.
Result<std::vector<Pod>> read_pods(const std::string& text,
                                   const std::string& name);

}  // namespace kprofefe::kube
