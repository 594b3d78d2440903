// SPDX-License-Identifier: MIT
#include "collect/profefe_sink.hpp"

#include <doctest/doctest.h>

namespace kprofefe::collect {
namespace {

TEST_SUITE_BEGIN("collect::profile_labels");

TEST_CASE("labels are those of kube-profefe") {
  Target target{.ns = "shop", .pod = "api-7d9f", .service = "api-7d9f"};
  CHECK(profile_labels(target) ==
        profefe::Labels{{"from", "kube-profefe"}, {"namespace", "shop"}});

  target.service = "api";
  target.service_named = true;
  CHECK(profile_labels(target) == profefe::Labels{{"from", "kube-profefe"},
                                                  {"namespace", "shop"},
                                                  {"pod", "api-7d9f"}});
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
