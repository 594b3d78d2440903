// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::kube {

/// What the API server says of a request that failed (metav1.Status).
struct Status {
  std::string reason;   ///< for programs: `Forbidden`, `Expired`, ...
  std::string message;  ///< for people
  std::string name;     ///< of the object it is about (details.name)
  /// With `Expired`: where a list can go on, at the price that its pages show
  /// the cluster at different times.
  std::string continue_token;
};

/// Reads a Status from the body of a response; nothing when it is something
/// else.
std::optional<Status> parse_status(std::string_view body);

}  // namespace kprofefe::kube
