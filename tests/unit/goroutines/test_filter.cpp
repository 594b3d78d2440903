// SPDX-License-Identifier: MIT
#include "goroutines/filter.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::goroutines {
namespace {

Matches has(std::string word) {
  return [word = std::move(word)](std::string_view text) {
    return text.contains(word);
  };
}

constexpr std::string_view k_stack =
    "main.f\t/src/cache.go:12\ncreated by main.start\t/src/m.go:7\n";

TEST_SUITE_BEGIN("goroutines::Filter");

TEST_CASE("without conditions all is kept") {
  CHECK(keeps_stack({}, k_stack));
  CHECK(keeps_stack({}, ""));
  CHECK(keeps_header({}, {}));
}

TEST_CASE("a frame matches by function, by place and as the creator") {
  for (const char* word : {"main.f", "cache.go:12", "main.start", "m.go:7"}) {
    CAPTURE(word);
    CHECK(keeps_stack({.focus = has(word)}, k_stack));
    CHECK_FALSE(keeps_stack({.ignore = has(word)}, k_stack));
  }
  CHECK_FALSE(keeps_stack({.focus = has("other")}, k_stack));
  CHECK(keeps_stack({.ignore = has("other")}, k_stack));
  CHECK_FALSE(
      keeps_stack({.focus = has("main"), .ignore = has("cache")}, k_stack));
}

TEST_CASE("a wait counts from its minute on, a state as a whole") {
  const Header header{.state = "chan receive", .wait_minutes = 5};
  CHECK(keeps_header({.least_minutes = 5}, header));
  CHECK_FALSE(keeps_header({.least_minutes = 6}, header));
  CHECK(keeps_header({.state = has("chan")}, header));
  CHECK_FALSE(keeps_header({.state = has("select")}, header));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::goroutines
