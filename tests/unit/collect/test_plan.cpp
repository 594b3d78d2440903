// SPDX-License-Identifier: MIT
#include "collect/plan.hpp"

#include <doctest/doctest.h>

namespace kprofefe::collect {
namespace {

using namespace std::chrono_literals;
using pprof::ProfileKind;

TEST_SUITE_BEGIN("collect::plan_fetches");

TEST_CASE("what samples over time comes last, rows keep the order asked for") {
  const PlanOptions options{.kinds = {ProfileKind::trace, ProfileKind::cpu,
                                      ProfileKind::heap, ProfileKind::mutex},
                            .cpu_time = 10s,
                            .trace_time = 2s,
                            .slack = 500ms};

  const std::vector<Fetch> fetches = plan_fetches(options);

  REQUIRE(fetches.size() == 4);
  CHECK(fetches[0].kind == ProfileKind::heap);
  CHECK(fetches[0].row == 2);
  CHECK(fetches[0].endpoint == "heap");
  CHECK(fetches[0].timeout == 500ms);
  CHECK(fetches[1].kind == ProfileKind::mutex);
  CHECK(fetches[2].endpoint == "trace?seconds=2");
  CHECK(fetches[2].row == 0);
  CHECK(fetches[2].timeout == 2500ms);
  CHECK(fetches[3].endpoint == "profile?seconds=10");
  CHECK(fetches[3].timeout == 10500ms);
}

TEST_CASE("nothing asked for is nothing to do") {
  CHECK(plan_fetches({}).empty());
}

TEST_CASE("a dump and an index have endpoints of their own") {
  const auto endpoint_of = [](Form form) {
    return plan_fetches({.kinds = {ProfileKind::goroutine}, .form = form})
        .front()
        .endpoint;
  };
  CHECK(endpoint_of(Form::profile) == "goroutine");
  CHECK(endpoint_of(Form::goroutine_dump) == "goroutine?debug=2");
  CHECK(endpoint_of(Form::index).empty());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
