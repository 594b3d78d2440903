// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/pods/pod_reader.hpp"
#include "kube/text/documents.hpp"

#include <string>
#include <string_view>

namespace kprofefe::kube {

/// Hands on the pods of one JSON document, a Pod or a list of them, as the API
/// server and `kubectl get pods -o json` write it; no tree is built. Yields the
/// list's `metadata.continue`, empty when there is no more. Errors: malformed,
/// starting with `name`; pods before the error have been handed on.
Result<std::string> read_pods_json(std::string_view json,
                                   const std::string& name, OnPod on_pod);

/// The same of JSON documents one after the other, as several runs of kubectl
/// leave them; `text` must hold one.
Result<void> read_pods_json_documents(const Document& text,
                                      const std::string& name,
                                      const OnPod& on_pod);

}  // namespace kprofefe::kube
