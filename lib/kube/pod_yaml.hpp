// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/pod_reader.hpp"

#include <string>

namespace kprofefe::kube {

/// Hands on the pods of a YAML text as `kubectl get pods -o yaml` prints it, of
/// one document after the other (`---`), none of them kept. Values have the
/// text they are written with. Errors: malformed, starting with `name`, also
/// for aliases (kubectl prints none) and when there is no document at all.
Result<void> read_pods_yaml(const std::string& yaml, const std::string& name,
                            const OnPod& on_pod);

}  // namespace kprofefe::kube
