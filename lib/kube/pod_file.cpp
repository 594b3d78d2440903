// SPDX-License-Identifier: MIT
#include "kube/pod_file.hpp"

#include "base/text.hpp"
#include "base/text_file.hpp"
#include "kube/pods/pod_json.hpp"
#include "kube/pods/pod_yaml.hpp"
#include "kube/text/documents.hpp"

#include <fmt/format.h>

#include <cstddef>
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

Result<std::size_t> read_document(const Document& document,
                                  const std::string& name, const OnPod& keep) {
  if (!looks_like_json(document.text)) {
    return read_pods_yaml(document, name, keep);
  }
  TRY(read_pods_json_documents(document, name, keep));
  return 1;
}

}  // namespace

Result<std::vector<Pod>> read_pods(std::string file, const std::string& name) {
  const std::string text = decode_text(std::move(file));
  std::vector<Pod> pods;
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  const OnPod keep = [&](Pod&& pod) {
    if (seen.emplace(pod.ns, pod.name, pod.uid).second) {
      pods.push_back(std::move(pod));
    }
  };
  std::size_t documents = 0;
  for (const Document& document : split_documents(text)) {
    TRY_ASSIGN(const std::size_t count, read_document(document, name, keep));
    documents += count;
  }
  if (documents == 0) {
    return fail(ErrorKind::malformed,
                fmt::format("{}: empty; expected the output of kubectl get "
                            "pods -o json or -o yaml",
                            name));
  }
  return pods;
}

}  // namespace kprofefe::kube
