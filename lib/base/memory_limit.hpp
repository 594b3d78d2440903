// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace kprofefe {

/// How much memory the control group of this process may have, in bytes: what
/// Kubernetes makes of a container's limit. Nothing when there is no limit.
/// `root` is the folder that holds /proc and /sys, "" for the real ones.
std::optional<std::size_t> memory_limit(const std::string& root = "");

}  // namespace kprofefe
