// SPDX-License-Identifier: MIT
#include "kube/pod_file.hpp"

#include "base/text.hpp"
#include "kube/pod_json.hpp"
#include "kube/pod_yaml.hpp"

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
  const OnPod keep = [&pods](Pod&& pod) { pods.push_back(std::move(pod)); };
  Result<void> read;
  if (looks_like_json(text)) {
    const Result<std::string> page = read_pods_json(text, name, keep);
    read = page ? Result<void>() : std::unexpected(page.error());
  } else {
    read = read_pods_yaml(text, name, keep);
  }
  TRY(read);
  return pods;
}

}  // namespace kprofefe::kube
