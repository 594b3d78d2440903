// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::kube {

/// Only annotations that begin so are kept: others can be long (kubectl's
/// last-applied-configuration is the whole object), and nobody asks for them.
constexpr std::string_view k_annotation_prefix = "profefe.com/";

/// A port that a container declares. Declaring is optional in Kubernetes.
struct ContainerPort {
  std::string name;  ///< may be empty
  std::uint16_t number = 0;
  std::string protocol = "TCP";
};

/// What we want to know of a pod. The names are valid RFC 1123 names and the
/// addresses are addresses: safe in file names and URLs, unless there is a
/// defect; then the names are for messages only.
struct Pod {
  std::string ns;
  std::string name;
  std::string uid;  ///< may be empty in a file written by hand
  std::map<std::string, std::string, std::less<>> annotations;
  std::string phase;             ///< `Running`, `Pending`, ...
  std::vector<std::string> ips;  ///< the primary address first
  bool terminating = false;      ///< being deleted
  /// Ports by name are looked up in containers first, then in init containers
  /// (which may be sidecars), as kubectl port-forward does.
  std::vector<ContainerPort> ports;
  std::string defect;  ///< why nothing can be done with it; empty: all is well
};

}  // namespace kprofefe::kube
