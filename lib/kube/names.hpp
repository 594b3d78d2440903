// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kprofefe::kube {

/// True for a name as Kubernetes gives to namespaces (an RFC 1123 label): at
/// most 63 of `a-z 0-9 -`, the first and last of them no `-`.
bool is_dns_label(std::string_view name);

/// True for a name as Kubernetes gives to pods (an RFC 1123 subdomain): at
/// most 253 bytes, labels of any length with `.` between them. Such a name is
/// safe in a file name and in the path of a URL.
bool is_dns_subdomain(std::string_view name);

/// A namespace as `-n` takes it, also as `ns/shop`. Errors: usage.
Result<std::string> parse_namespace(std::string_view text);

/// Whether it names something that has pods, as kubectl does: `deploy/api`.
bool is_workload(std::string_view text);

/// A pod as people name it.
struct PodName {
  std::string name;
  std::string port;  ///< a number or a name; empty when none is given
};

/// The name of a pod, also as kubectl prints it, and also with a port:
/// `pod/api`, `api:8080`, `api:http`. Errors: usage.
Result<PodName> parse_pod_name(std::string_view text);

}  // namespace kprofefe::kube
