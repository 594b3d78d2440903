// SPDX-License-Identifier: MIT
#include "base/duration.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <string_view>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("base");

TEST_CASE("parse_duration reads what Go's time.ParseDuration reads") {
  struct Row {
    std::string_view text;
    std::int64_t milliseconds;
  };

  for (const Row& row : {Row{"0", 0},
                         Row{"0s", 0},
                         Row{"-0", 0},
                         Row{"+0", 0},
                         Row{"30s", 30'000},
                         Row{"+5m", 300'000},
                         Row{"1h30m", 5'400'000},
                         Row{"1h30m10s", 5'410'000},
                         Row{"1.5h", 5'400'000},
                         Row{".5s", 500},
                         Row{"1.s", 1000},
                         Row{"250ms", 250},
                         Row{"-24h", -86'400'000},
                         Row{"-1.5s", -1500},
                         Row{"1s1s", 2000},
                         Row{"10s1m", 70'000},
                         Row{"1m1ms", 60'001},
                         Row{"1500us", 1},
                         Row{"1500\u00b5s", 1},
                         Row{"1500\u03bcs", 1},
                         Row{"999999ns", 0},
                         Row{"1000000ns", 1},
                         Row{"-1999us", -1},
                         Row{"876000h", 3'153'600'000'000},
                         Row{"0.000001h", 3}}) {
    CAPTURE(row.text);
    const Result<Milliseconds> duration = parse_duration(row.text);
    REQUIRE(duration);
    CHECK(duration->count() == row.milliseconds);
  }
}

TEST_CASE("a decimal fraction is exact to the millisecond") {
  for (std::int64_t ms = 0; ms < 10'000; ++ms) {
    const std::string text = fmt::format("{}.{:03}s", ms / 1000, ms % 1000);
    const Result<Milliseconds> duration = parse_duration(text);
    REQUIRE(duration);
    if (duration->count() != ms) {
      FAIL(text);
    }
  }
}

TEST_CASE("what is no duration is a usage error that quotes it") {
  for (const std::string_view text : {"",
                                      "-",
                                      "+",
                                      "30",
                                      "s",
                                      "1",
                                      "1x",
                                      "1 s",
                                      " 1s",
                                      "1s ",
                                      "1s2",
                                      "1,5s",
                                      "--1s",
                                      "1s-1s",
                                      "1e3s",
                                      "0x1s",
                                      "inf",
                                      "infs",
                                      "nans",
                                      ".s",
                                      "1.2.3s",
                                      "1H",
                                      "1d",
                                      "1000000000000h",
                                      "99999999999999999999999999999h",
                                      "tomorrow"}) {
    CAPTURE(text);
    const Result<Milliseconds> duration = parse_duration(text);
    REQUIRE_FALSE(duration);
    CHECK(duration.error().kind == ErrorKind::usage);
    CHECK(duration.error().message ==
          fmt::format("invalid duration \"{}\": use 30s, 5m or 1h30m", text));
  }
}

TEST_CASE("format_duration is short") {
  struct Row {
    std::int64_t milliseconds;
    std::string_view text;
  };

  for (const Row& row :
       {Row{0, "0ms"}, Row{1, "1ms"}, Row{999, "999ms"}, Row{1000, "1s"},
        Row{1234, "1.2s"}, Row{1250, "1.2s"}, Row{30'000, "30s"},
        Row{59'949, "59.9s"}, Row{59'950, "1m0s"}, Row{59'999, "1m0s"},
        Row{60'000, "1m0s"}, Row{125'000, "2m5s"}, Row{3'599'999, "59m59s"},
        Row{3'600'000, "1h0m"}, Row{90'000'000, "25h0m"},
        Row{-1500, "-1.5s"}}) {
    CAPTURE(row.milliseconds);
    CHECK(format_duration(Milliseconds(row.milliseconds)) == row.text);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
