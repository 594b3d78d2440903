// SPDX-License-Identifier: MIT
#include "pods.hpp"

#include "collect/odd_annotations.hpp"

#include <doctest/doctest.h>

namespace kprofefe::collect {
namespace {

TEST_SUITE_BEGIN("collect::odd_annotations");

TEST_CASE("our own annotations are in order") {
  kube::Pod pod = test::enabled_pod("api");
  pod.annotations["profefe.com/port"] = "1";
  pod.annotations["profefe.com/path"] = "/";
  pod.annotations["profefe.com/scheme"] = "http";
  pod.annotations["profefe.com/service"] = "x";
  CHECK(odd_annotations(pod).empty());
}

TEST_CASE("a slip of the pen is answered with what is probably meant") {
  struct Row {
    const char* key;
    const char* meant;
  };

  const Row rows[] = {
      {"profefe.com/prot", "did you mean profefe.com/port?"},
      {"profefe.com/enabled", "did you mean profefe.com/enable?"},
      {"profefe.com/Scheme", "did you mean profefe.com/scheme?"},
      {"profefe.com/services", "did you mean profefe.com/service?"},
      {"profefe.com/interval", ": use one of profefe.com/enable, profefe.com/"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.key);
    kube::Pod pod = test::enabled_pod("api");
    pod.annotations[row.key] = "x";
    const auto odd = odd_annotations(pod);
    REQUIRE(odd.size() == 1);
    CHECK(odd[0].find(row.key) != std::string::npos);
    CHECK(odd[0].find(row.meant) != std::string::npos);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
