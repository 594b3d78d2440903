// SPDX-License-Identifier: MIT
#pragma once

#include "kube/pod.hpp"

#include <string>
#include <vector>

namespace kprofefe::collect {

/// A sentence for each `profefe.com/` annotation of the pod that is none of
/// ours, with the one that is probably meant. Empty for a pod in order.
std::vector<std::string> odd_annotations(const kube::Pod& pod);

}  // namespace kprofefe::collect
