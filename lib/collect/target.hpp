// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/pod.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::collect {

/// What a pod's pprof endpoint speaks.
enum class Scheme : std::uint8_t { http, https };

/// `http`, `https`.
std::string_view scheme_name(Scheme scheme);

/// A pod whose profiles are wanted, and where it serves them.
struct Target {
  std::string ns;
  std::string pod;
  std::string uid;
  bool enabled = true;         ///< annotated; false: only chosen by the user
  std::string service;         ///< what the profiles are filed under
  bool service_named = false;  ///< by annotation, so `pod` becomes a label
  std::string ip;              ///< may be empty where the route needs none
  std::vector<std::string> other_ips;  ///< of a pod in more than one network
  Scheme scheme = Scheme::http;
  std::uint16_t port = 6060;
  std::string path = "/debug/pprof";  ///< begins with a slash, ends without
  std::vector<std::string> hints;     ///< see odd_annotations()
};

/// Why a pod is no target, as far as it matters for the exit code.
enum class WhyNot {
  not_wanted,     ///< it does not ask to be profiled
  not_ready,      ///< it asks, but cannot be reached now
  misconfigured,  ///< it asks, but in a way that cannot work
  missing,        ///< it is named, and is not there
};

/// A pod that is no target, and the reason in words.
struct NotTarget {
  std::string ns;  ///< empty: of a missing pod that may be in any namespace
  std::string pod;
  WhyNot why = WhyNot::not_wanted;
  bool named = false;  ///< by the user, who will miss it
  std::string reason;
};

/// Where pods serve pprof, whatever their annotations say.
struct EndpointChoice {
  std::string port;  ///< a number or the name of a container's port; or empty
  std::string path;  ///< empty: by annotation
  std::optional<Scheme> scheme;
};

/// `http` or `https`. Errors: usage.
Result<Scheme> parse_scheme(std::string_view text);

/// A path that profiles can be under, without a slash at its end. Errors:
/// usage.
Result<std::string> parse_pprof_path(std::string_view text);

/// Criteria for a pod besides its annotations.
struct TargetRules {
  /// The user named this pod.
  bool named = false;
  /// It must be annotated with `profefe.com/enable`.
  bool needs_annotation = true;
  /// The route goes to the pod's address, so it must have one.
  bool needs_ip = true;
  EndpointChoice endpoint = {};
};

/// Reads the annotations of a pod:
///
///     profefe.com/enable   "true", nothing else
///     profefe.com/scheme   http or https; default http
///     profefe.com/port     1 to 65535, or the name of a container's port
///     profefe.com/path     default /debug/pprof; see why_no_pprof_path()
///     profefe.com/service  default: the pod's name
std::expected<Target, NotTarget> target_of(const kube::Pod& pod,
                                           const TargetRules& rules);

}  // namespace kprofefe::collect
