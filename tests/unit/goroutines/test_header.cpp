// SPDX-License-Identifier: MIT
#include "goroutines/header.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace kprofefe::goroutines {
namespace {

TEST_SUITE_BEGIN("goroutines::read_header");

TEST_CASE("every form that Go prints is read") {
  struct Row {
    std::string_view line;
    Header header;
  };

  for (
      const Row& row : {
          Row{"goroutine 1 [running]:", {.id = 1, .state = "running"}},
          Row{"goroutine 18446744073709551615 [IO wait]:",
              {.id = 18446744073709551615U, .state = "IO wait"}},
          Row{"goroutine 7 [chan receive, 5 minutes]:",
              {.id = 7, .state = "chan receive", .wait_minutes = 5}},
          Row{"goroutine 7 [select (no cases), 1440 minutes, locked to "
              "thread]:",
              {.id = 7,
               .state = "select (no cases)",
               .wait_minutes = 1440,
               .locked = true}},
          Row{"goroutine 5 [running, locked to thread]:",
              {.id = 5, .state = "running", .locked = true}},
          Row{"goroutine 1 gp=0xc000002380 m=0 mp=0x5a1f40 [running]:",
              {.id = 1, .state = "running"}},
          Row{"goroutine 2 gp=0xc000 m=nil [force gc (idle), 3 minutes]:",
              {.id = 2, .state = "force gc (idle)", .wait_minutes = 3}},
          Row{"goroutine 9 [runnable (scan)]:",
              {.id = 9, .state = "runnable (scan)"}},
          Row{"goroutine 9 [chan receive (leaked)]:",
              {.id = 9, .state = "chan receive (leaked)"}},
          Row{"goroutine 9 [sleep (durable), synctest bubble 3]:",
              {.id = 9, .state = "sleep (durable)"}},
          Row{R"(goroutine 39 [select, 2 minutes labels:{"a": "x, 7 minutes]:"}]:)",
              {.id = 39,
               .state = "select",
               .wait_minutes = 2,
               .labels = R"("a": "x, 7 minutes]:")"}},
      }) {
    CAPTURE(row.line);
    const auto header = read_header(row.line);
    REQUIRE(header);
    CHECK(header->id == row.header.id);
    CHECK(header->state == row.header.state);
    CHECK(header->wait_minutes == row.header.wait_minutes);
    CHECK(header->locked == row.header.locked);
    CHECK(header->labels == row.header.labels);
  }
}

TEST_CASE("what only looks like a header is none") {
  for (const std::string_view line :
       {"", "goroutine", "goroutine 1", "goroutine 1 [running]",
        "goroutine one [running]:", "goroutine -1 [running]:",
        " goroutine 1 [running]:", "goroutine 1 running]:",
        "goroutine profile: total 5", "goroutine 1 said [hello]:",
        "goroutine running on other thread; stack unavailable",
        "goroutine 18446744073709551616 [running]:"}) {
    CAPTURE(line);
    CHECK_FALSE(read_header(line));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::goroutines
