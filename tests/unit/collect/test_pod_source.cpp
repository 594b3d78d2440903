// SPDX-License-Identifier: MIT
#include "collect/pod_source.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace kprofefe::collect {
namespace {

PodRequest pods_of(const char* ns, const char* labels = "",
                   const char* fields = "") {
  PodRequest request;
  request.selection = {
      .ns = ns, .label_selector = labels, .field_selector = fields};
  request.all_namespaces = std::string_view(ns).empty();
  return request;
}

/// What a source of an API server, which is never asked, says of `pods`.
std::string described(const PodRequest& request, std::size_t pods,
                      bool explain_all) {
  const kube::OpenCluster cluster{
      .api = std::make_unique<kube::Api>(nullptr, kube::ClusterConfig{},
                                         kube::ApiOptions{}),
      .ns = request.selection.ns};
  return PodSource(&request, &cluster).describe(pods, explain_all);
}

TEST_SUITE_BEGIN("collect::PodSource");

TEST_CASE("what was looked at is said with its selectors and in its number") {
  struct Row {
    PodRequest request;
    std::size_t pods = 0;
    bool explain_all = false;
    const char* text = nullptr;
  };

  const Row rows[] = {
      {pods_of("shop"), 3, false, "3 running pods in namespace \"shop\""},
      {pods_of("shop"), 1, true, "1 pod in namespace \"shop\""},
      {pods_of(""), 2, true, "2 pods in all namespaces"},
      {pods_of(""), 0, true, "no pods in any namespace"},
      {pods_of("shop", "app=none"), 0, false,
       "no running pods in namespace \"shop\" that match -l app=none"},
      {pods_of("shop", "", "spec.nodeName=n"), 1, false,
       "1 running pod in namespace \"shop\" that matches --field-selector "
       "spec.nodeName=n"},
      {pods_of("", "app=none", "spec.nodeName=n"), 2, true,
       "2 pods in all namespaces that match -l app=none and --field-selector "
       "spec.nodeName=n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(described(row.request, row.pods, row.explain_all) == row.text);
  }
}

TEST_CASE(
    "a list is told by its name, and by the namespace when one is named") {
  PodRequest request{.listed = std::make_shared<const ListedPods>(
                         ListedPods{.name = "pods.json"})};
  CHECK(PodSource(&request, nullptr).describe(0, false) ==
        "no pods in pods.json");
  request.selection.ns = "shop";
  CHECK(PodSource(&request, nullptr).describe(1, false) ==
        "1 pod in namespace \"shop\" of pods.json");
  request.all_namespaces = true;
  CHECK(PodSource(&request, nullptr).describe(2, false) ==
        "2 pods in pods.json");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
