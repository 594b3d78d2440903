// SPDX-License-Identifier: MIT
#include "collect/busy.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace kprofefe::collect {
namespace {

using pprof::ProfileKind;

http::Response answer(int status, http::Headers headers = {}) {
  return {.status = status, .headers = std::move(headers)};
}

struct Row {
  int status;
  std::string_view words;
};

TEST_SUITE_BEGIN("collect::is_busy");

TEST_CASE("a profiler that serves somebody else is known by many words") {
  for (const Row& row : {
           Row{500,
               "Could not enable CPU profiling: cpu profiling already in "
               "use"},
           Row{500, "Could not enable tracing: tracing already enabled"},
           Row{409, "profiler already running"},
           Row{409, "CPU profiling already in progress"},
           Row{409, ""},
           Row{409, "409 Conflict"},
           Row{423, "Locked"},
           Row{423, "the profiler is locked by another request"},
           Row{429, "another profile is in progress"},
           Row{429, ""},
           Row{429, "slow down"},
           Row{503, "Already in CPU profiling"},
           Row{503, "Profiler is busy, try again later"},
           Row{500,
               "node is already exectuting pprof action, please wait and "
               "retry"},
           Row{500, "only one profile can be taken at a time"},
           Row{500, "A profiling session is currently active"},
           Row{400, "concurrent profiling is not possible"},
           Row{500, "CPU sampling is in use"},
       }) {
    CAPTURE(row.status);
    CAPTURE(row.words);
    CHECK(is_busy(ProfileKind::cpu, answer(row.status), row.words));
  }
}

TEST_CASE("what cannot pass by waiting is not busy") {
  for (const Row& row : {
           Row{500, ""},
           Row{503, ""},
           Row{409, "wrong replica"},
           Row{409, "CPU profiling is not enabled"},
           Row{500, "profiling is disabled"},
           Row{500, "CPU profiler is not running"},
           Row{500, "listen tcp :6060: bind: address already in use"},
           Row{503, "shutdown in progress"},
           Row{503, "no healthy upstream"},
           Row{401, "already in use"},
           Row{403, "CPU profiling already in use"},
           Row{404, "already running"},
           Row{200, "already in use"},
       }) {
    CAPTURE(row.status);
    CAPTURE(row.words);
    CHECK_FALSE(is_busy(ProfileKind::cpu, answer(row.status), row.words));
  }
}

TEST_CASE("a status without words is about what samples over time alone") {
  for (const int status : {409, 423, 429}) {
    CAPTURE(status);
    CHECK(is_busy(ProfileKind::trace, answer(status), ""));
    CHECK_FALSE(is_busy(ProfileKind::heap, answer(status), ""));
  }
  CHECK_FALSE(is_busy(ProfileKind::heap, answer(409), "wrong replica"));
  CHECK_FALSE(is_busy(ProfileKind::heap, answer(429), "slow down"));
}

TEST_CASE("503 that says when to come back is worth it") {
  const http::Headers later = {{"Retry-After", "2"}};
  CHECK(is_busy(ProfileKind::cpu, answer(503, later), "starting"));
  CHECK_FALSE(is_busy(ProfileKind::heap, answer(503, later), "starting"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
