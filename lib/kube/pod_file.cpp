// SPDX-License-Identifier: MIT
#include "kube/pod_file.hpp"

#include "base/text.hpp"
#include "kube/pod_json.hpp"
#include "kube/pod_yaml.hpp"

#include <set>
#include <tuple>
#include <utility>

namespace kprofefe::kube {
namespace {

/// YAML documents are seldom written with braces at the top.
bool looks_like_json(std::string_view text) {
  const std::string_view start = trim(text.substr(0, text.find_first_of("{[")));
  return start.empty() && text.find_first_of("{[") != std::string_view::npos;
}

}  // namespace

Result<std::vector<Pod>> read_pods(const std::string& text,
                                   const std::string& name) {
  std::vector<Pod> pods;
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  const OnPod keep = [&](Pod&& pod) {
    if (seen.emplace(pod.ns, pod.name, pod.uid).second) {
      pods.push_back(std::move(pod));
    }
  };
  TRY(looks_like_json(text) ? read_pods_json_documents(text, name, keep)
                            : read_pods_yaml(text, name, keep));
  return pods;
}

}  // namespace kprofefe::kube
