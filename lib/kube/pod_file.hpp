// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/pod.hpp"

#include <string>
#include <vector>

namespace kprofefe::kube {

/// The pods in a file that `kubectl get pods -o json` or `-o yaml` printed: a
/// Pod, a List, or several documents of them, JSON and YAML, in any encoding
/// that decode_text() knows. A pod without a namespace is in `default`. Of a
/// pod that is there again, by namespace, name and uid, the first is kept:
/// lists overlap, and two clusters can have pods of one name. `name` is what
/// the file is called in errors. Errors: malformed, naming the entry, also when
/// there is anything but pods in it; a pod that is itself malformed is none
/// (Pod::defect).
Result<std::vector<Pod>> read_pods(std::string file, const std::string& name);

}  // namespace kprofefe::kube
