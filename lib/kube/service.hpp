// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/pod.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::kube {

/// A port of a Service: core/v1 ServicePort.
struct ServicePort {
  std::string name;  ///< may be empty
  std::uint16_t number = 0;
  /// `targetPort`: the number of a port of its pods, or the name of one.
  std::string target;
};

/// What we want to know of a Service.
struct Service {
  std::string ns;
  std::string name;
  /// The labels of its pods; empty: it has no pods of its own.
  std::map<std::string, std::string, std::less<>> selector;
  std::vector<ServicePort> ports;

  /// `app=profefe,tier=db`, as a label selector.
  [[nodiscard]] std::string label_selector() const;
};

/// The Service in a document of the API server. Errors: malformed.
Result<Service> parse_service(std::string_view json);

/// The port of that number or name; the only one when `port` is empty. Errors:
/// usage, with the ports that there are.
Result<ServicePort> find_port(const Service& service, std::string_view port);

/// The number of `port` on `pod`; nothing when it is a name that no container
/// of the pod declares.
std::optional<std::uint16_t> port_of_pod(const ServicePort& port,
                                         const Pod& pod);

}  // namespace kprofefe::kube
