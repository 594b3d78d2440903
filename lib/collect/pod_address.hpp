// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

namespace kprofefe::collect {

/// Why an address cannot be a pod's and would reach
/// something else: `a loopback address`, `a link-local address` ...,
/// also where it is an IPv4 address written as IPv6. Nothing when a pod may
/// have it.
std::optional<std::string_view> why_no_pod_address(std::string_view ip);

}  // namespace kprofefe::collect
