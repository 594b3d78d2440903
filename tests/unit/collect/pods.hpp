// SPDX-License-Identifier: MIT
#pragma once

#include "kube/pod.hpp"

#include <string>
#include <utility>

namespace kprofefe::test {

/// A running pod shop/<name> that asks to be profiled.
inline kube::Pod enabled_pod(std::string name) {
  kube::Pod pod;
  pod.ns = "shop";
  pod.name = std::move(name);
  pod.uid = "uid-" + pod.name;
  pod.phase = "Running";
  pod.ips = {"10.1.2.3"};
  pod.annotations["profefe.com/enable"] = "true";
  return pod;
}

}  // namespace kprofefe::test
