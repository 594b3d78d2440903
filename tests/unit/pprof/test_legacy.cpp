// SPDX-License-Identifier: MIT
#include "legacy_text.hpp"

#include "pprof/legacy/lines.hpp"
#include "pprof/legacy/numbers.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

using test::described;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> all;
  legacy::Lines lines(text);
  while (lines.next()) {
    all.emplace_back(lines.line());
  }
  return all;
}

TEST_CASE("lines are those of Go's bufio.Scanner") {
  using Texts = std::vector<std::string>;
  CHECK(lines_of("").empty());
  CHECK(lines_of("\n") == Texts{""});
  CHECK(lines_of("a\r\nb\rc\n\nd\r") == Texts{"a", "b\rc", "", "d"});
  CHECK(lines_of(std::string(65535, 'x')).size() == 1);
  CHECK(lines_of("a\n" + std::string(65536, 'x') + "\nb") == Texts{"a"});
}

TEST_CASE("numbers are those of Go's strconv, whose base they say") {
  struct Case {
    const char* text;
    std::optional<std::int64_t> number;
  };

  constexpr std::int64_t k_most = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t k_least = std::numeric_limits<std::int64_t>::min();
  for (const Case& each : {Case{"0", 0},
                           Case{"12", 12},
                           Case{"+12", 12},
                           Case{"-12", -12},
                           Case{"012", 10},
                           Case{"0o12", 10},
                           Case{"0x1F", 31},
                           Case{"0B11", 3},
                           Case{"1_000", 1000},
                           Case{"0_7", 7},
                           Case{"0x_f", 15},
                           Case{"9223372036854775807", k_most},
                           Case{"-9223372036854775808", k_least},
                           Case{"9223372036854775808", std::nullopt},
                           Case{"-9223372036854775809", std::nullopt},
                           Case{"0x10000000000000000", std::nullopt},
                           Case{"", std::nullopt},
                           Case{"-", std::nullopt},
                           Case{"0x", std::nullopt},
                           Case{"09", std::nullopt},
                           Case{"1__0", std::nullopt},
                           Case{"_1", std::nullopt},
                           Case{"1_", std::nullopt},
                           Case{"0_", std::nullopt},
                           Case{"0b2", std::nullopt},
                           Case{"12 ", std::nullopt},
                           Case{"--1", std::nullopt}}) {
    CAPTURE(each.text);
    CHECK(legacy::parse_literal(each.text) == each.number);
  }
}

TEST_CASE("addresses are found whatever is between them") {
  std::vector<std::uint64_t> addresses;
  REQUIRE(legacy::add_addresses("0x1 0x2x0x 0x0x3,0x4g0xFF 0x00000000000000005",
                                addresses));
  CHECK(addresses == std::vector<std::uint64_t>{1, 2, 0, 4, 5});
}

TEST_CASE("legacy formats keep the limits of reading") {
  const std::string text =
      "goroutine profile: total 3\n1 @ 0x1 0x2\n1 @ 0x2\n1 @ 0x2\n"
      "--- Memory map: ---\n1-2: a\n3-4: b\n";
  const auto complaint = [&](const ReadLimits& limits) {
    const auto profile = read_profile(text, limits);
    return profile ? "fine" : profile.error().message;
  };
  CHECK(complaint({.max_count = 3, .max_depth = 2, .max_frames = 4}) == "fine");
  CHECK(complaint({.max_count = 2}) ==
        "profile too large: more than 2 samples");
  CHECK(complaint({.max_count = 1}) ==
        "profile too large: more than 1 locations");
  CHECK(complaint({.max_depth = 1}) ==
        "profile too large: the stack of sample 1 has more than 1 frames");
  CHECK(complaint({.max_frames = 3}) ==
        "profile too large: more than 3 frames in all stacks");
  CHECK(described("goroutine profile: total 0\n--- Memory map: ---\n1-2: a\n"
                  "5-6: b\n",
                  {.max_count = 1}) ==
        "profile too large: more than 1 mappings");
}

TEST_CASE("gzip of more than may be read is not decompressed for its text") {
  const std::string text =
      "goroutine profile: total 0\n" + std::string(5000, '\n');
  CHECK(described(test::gzip(text)).starts_with("type goroutine/count"));
  CHECK(described(test::gzip(text), {.max_message_bytes = 5000})
            .starts_with("not a profile but a goroutine profile"));
  const std::string cut = test::gzip(text);
  CHECK(described(cut.substr(0, cut.size() - 4))
            .starts_with("not a profile but a goroutine profile"));
}

TEST_CASE("what is no legacy format keeps the words for what it is") {
  CHECK(described("") == "not a profile: the body is empty");
  CHECK(described("404 page not found\n") ==
        "not a profile but text: 404 page not found");
  CHECK(described("--- symbol\nbinary=/bin/a\n---\n--- heap\n") ==
        "not a profile but a symbolized profile in the legacy text format");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
