// SPDX-License-Identifier: MIT
#include "base/moment.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace kprofefe {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_SUITE_BEGIN("base");

constexpr SystemTime k_now{seconds(1'700'000'000)};

TEST_CASE("RFC 3339 is read with any zone and fraction") {
  struct Row {
    std::string_view text;
    std::int64_t seconds;
  };

  for (const Row& row : {Row{"1970-01-01T00:00:00Z", 0},
                         Row{"2023-11-14T22:13:20Z", 1'700'000'000},
                         Row{"2023-11-14t22:13:20z", 1'700'000'000},
                         Row{"2023-11-14T22:13:20.999999999Z", 1'700'000'000},
                         Row{"2023-11-14T22:13:20.5+00:00", 1'700'000'000},
                         Row{"2023-11-15T00:13:20+02:00", 1'700'000'000},
                         Row{"2023-11-14T16:43:20-05:30", 1'700'000'000},
                         Row{"2024-02-29T00:00:00Z", 1'709'164'800},
                         Row{"2016-12-31T23:59:60Z", 1'483'228'800},
                         Row{"1969-12-31T23:59:59Z", -1},
                         Row{"1678-01-01T00:00:00Z", -9'214'560'000},
                         Row{"2261-12-31T23:59:59Z", 9'214'646'399}}) {
    CAPTURE(row.text);
    const Result<SystemTime> time = parse_rfc3339(row.text);
    REQUIRE(time);
    CHECK(unix_seconds(*time) == row.seconds);
  }
}

TEST_CASE("what is no RFC 3339 time is a usage error") {
  for (const std::string_view text : {"",
                                      "now",
                                      "2023-11-14",
                                      "2023-11-14T22:13:20",
                                      "2023-11-14 22:13:20Z",
                                      "2023-11-14T22:13Z",
                                      "2023-1-14T22:13:20Z",
                                      "2023-02-29T00:00:00Z",
                                      "2023-13-01T00:00:00Z",
                                      "2023-00-01T00:00:00Z",
                                      "2023-01-00T00:00:00Z",
                                      "2023-01-01T24:00:00Z",
                                      "2023-01-01T00:60:00Z",
                                      "2023-01-01T00:00:61Z",
                                      "2023-01-01T-0:00:00Z",
                                      "2023-01-01T+1:00:00Z",
                                      "2023-01-01T 1:00:00Z",
                                      "2023-01-01T00:00:00.Z",
                                      "2023-01-01T00:00:00,5Z",
                                      "2023-01-01T00:00:00+0100",
                                      "2023-01-01T00:00:00+01",
                                      "2023-01-01T00:00:00+24:00",
                                      "2023-01-01T00:00:00+01:60",
                                      "2023-01-01T00:00:00ZZ",
                                      "2023-01-01T00:00:00Z ",
                                      "12023-01-01T00:00:00Z",
                                      "-023-01-01T00:00:00Z"}) {
    CAPTURE(text);
    const Result<SystemTime> time = parse_rfc3339(text);
    REQUIRE_FALSE(time);
    CHECK(time.error().kind == ErrorKind::usage);
    CHECK(time.error().message == "invalid RFC 3339 time \"" +
                                      std::string(text) +
                                      "\": use 2026-01-31T09:30:00Z");
  }
  // These a count of nanoseconds cannot hold.
  for (const std::string_view text :
       {"0001-01-01T00:00:00Z", "1677-12-31T23:59:59Z", "2262-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z"}) {
    CAPTURE(text);
    const Result<SystemTime> time = parse_rfc3339(text);
    REQUIRE_FALSE(time);
    CHECK(time.error().kind == ErrorKind::usage);
    CHECK(time.error().message == "RFC 3339 time \"" + std::string(text) +
                                      "\" is out of range: use 1678 to 2261");
  }
}

TEST_CASE("years beyond what nanoseconds can count are the nearest moment") {
  struct Row {
    std::string_view text;
    std::int64_t seconds;
    std::int64_t saturated;
  };

  for (const Row& row :
       {Row{"0001-01-01T00:00:00Z", -62'135'596'800, -9'214'560'000},
        Row{"1677-12-31T23:59:59Z", -9'214'560'001, -9'214'560'000},
        Row{"2023-11-14T22:13:20Z", 1'700'000'000, 1'700'000'000},
        Row{"2300-01-01T00:00:00Z", 10'413'792'000, 9'214'646'400},
        Row{"9999-12-31T23:59:59Z", 253'402'300'799, 9'214'646'400}}) {
    CAPTURE(row.text);
    const auto time = parse_rfc3339_of_any_year(row.text);
    REQUIRE(time);
    CHECK(time->time_since_epoch().count() == row.seconds);
    CHECK(unix_seconds(saturated(*time)) == row.saturated);
  }
  CHECK_FALSE(parse_rfc3339_of_any_year("9999-02-29T00:00:00Z"));
}

TEST_CASE("a duration means that long ago, with or without a minus") {
  struct Row {
    std::string_view text;
    SystemTime time;
  };

  for (const Row& row :
       {Row{"24h", k_now - seconds(86'400)},
        Row{"-24h", k_now - seconds(86'400)}, Row{"0", k_now}, Row{"0m", k_now},
        Row{"1500ms", k_now - milliseconds(1500)},
        Row{"2023-11-14T22:13:20Z", k_now},
        // The future is a point in time only.
        Row{"2023-11-14T22:13:21Z", k_now + seconds(1)}}) {
    CAPTURE(row.text);
    const Result<SystemTime> time = parse_moment(row.text, k_now);
    REQUIRE(time);
    CHECK(*time == row.time);
  }
}

TEST_CASE("what is neither is a usage error that shows both ways") {
  const Result<SystemTime> time = parse_moment("yesterday", k_now);
  REQUIRE_FALSE(time);
  CHECK(time.error().kind == ErrorKind::usage);
  CHECK(time.error().message ==
        "invalid time \"yesterday\": use an age (24h, 30m) or RFC 3339 "
        "(2026-01-31T09:30:00Z)");
}

TEST_CASE("times are written in UTC, whole seconds") {
  CHECK(format_rfc3339(k_now) == "2023-11-14T22:13:20Z");
  CHECK(format_utc_without_zone(k_now) == "2023-11-14T22:13:20");
  CHECK(format_rfc3339(k_now + milliseconds(999)) == "2023-11-14T22:13:20Z");
  CHECK(format_rfc3339(SystemTime(seconds(0))) == "1970-01-01T00:00:00Z");
  CHECK(format_rfc3339(SystemTime(milliseconds(-1))) == "1969-12-31T23:59:59Z");
}

TEST_CASE("unix_seconds rounds down") {
  CHECK(unix_seconds(k_now + milliseconds(999)) == 1'700'000'000);
  CHECK(unix_seconds(SystemTime(milliseconds(-1))) == -1);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
