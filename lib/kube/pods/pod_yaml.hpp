// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/pods/pod_reader.hpp"
#include "kube/text/documents.hpp"

#include <cstddef>
#include <string>

namespace kprofefe::kube {

/// Hands on the pods of a YAML text as `kubectl get pods -o yaml` prints it, of
/// one document after the other, none of them kept. Values have the text they
/// are written with. Yields how many documents there are, which may be none.
/// Errors: malformed, starting with `name`, also for aliases (kubectl prints
/// none).
Result<std::size_t> read_pods_yaml(const Document& yaml,
                                   const std::string& name,
                                   const OnPod& on_pod);

}  // namespace kprofefe::kube
