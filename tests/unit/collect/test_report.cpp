// SPDX-License-Identifier: MIT
#include "collect/report.hpp"

#include <doctest/doctest.h>

namespace kprofefe::collect {
namespace {

TEST_SUITE_BEGIN("collect::summarize");

TEST_CASE("rows and pods that could not be profiled are counted") {
  Report report;
  report.targets.push_back(
      {.rows = {{.kind = {}, .outcome = Outcome::stored},
                {.kind = {}, .outcome = Outcome::skipped},
                {.kind = {}, .outcome = Outcome::failed},
                {.kind = {}, .outcome = Outcome::stored}}});
  report.targets.push_back({.rows = {{.kind = {}}}});
  report.not_targets = {{.why = WhyNot::misconfigured},
                        {.why = WhyNot::not_ready}};

  const Summary summary = summarize(report);

  CHECK(summary.stored == 2);
  CHECK(summary.skipped == 2);
  CHECK(summary.failed == 2);
  CHECK(summary.interrupted == 1);
}

TEST_CASE("a named pod that is not ready is missed, another is not") {
  Report report;
  report.not_targets = {{.why = WhyNot::not_ready, .named = true},
                        {.why = WhyNot::not_ready}};

  CHECK(summarize(report).failed == 1);
  CHECK(summarize(report).skipped == 1);
}

TEST_CASE("a row that one of two sinks has counts as failed and as kept") {
  Report report;
  report.targets.push_back({.rows = {{.kind = {},
                                      .outcome = Outcome::failed,
                                      .reason = "disk full",
                                      .locations = {"http://p/1"}},
                                     {.kind = {},
                                      .outcome = Outcome::stored,
                                      .locations = {"http://p/2"}}}});

  CHECK(summarize(report).failed == 1);
  CHECK(summarize(report).kept_somewhere == 1);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
