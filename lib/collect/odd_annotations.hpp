// SPDX-License-Identifier: MIT
#pragma once

#include "kube/pod.hpp"

#include <string>
#include <vector>

namespace kprofefe::collect {

/// A message for each unknown `profefe.com/` annotation of the pod,
/// with the one that was probably meant. Empty if all are known.
std::vector<std::string> odd_annotations(const kube::Pod& pod);

}  // namespace kprofefe::collect
