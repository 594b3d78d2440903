// SPDX-License-Identifier: MIT
#include "pprof/sample_labels.hpp"
#include "support/stacks.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

std::string labels_of(const Profile& profile, std::size_t index) {
  std::string text;
  for (const Label& label : profile.labels_of(profile.samples[index])) {
    text += std::string(profile.strings.at(label.key)) + "=" +
            std::string(profile.strings.at(label.text)) + " ";
  }
  return text;
}

TEST_SUITE_BEGIN("pprof::sample_labels");

TEST_CASE("every sample gets the label, in the order that labels have") {
  Profile profile = test::small_cpu();
  add_label(profile, "pod", "api-0");
  add_label(profile, "namespace", "shop");
  add_label(profile, "service", "");
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    CHECK(labels_of(profile, i) == "namespace=shop pod=api-0 ");
  }
  CHECK(pods_of(profile) == std::vector<std::string>{"shop/api-0"});
}

TEST_CASE("what a program says itself stays, unless it is to be replaced") {
  Profile profile = test::small_cpu();
  add_label(profile, "pod", "mine");
  add_label(profile, "pod", "other");
  CHECK(labels_of(profile, 0) == "pod=mine ");
  CHECK(pods_of(profile) == std::vector<std::string>{"mine"});
  set_label(profile, "pod", "other");
  CHECK(labels_of(profile, 0) == "pod=other ");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
