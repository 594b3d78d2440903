// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <doctest/doctest.h>

namespace kprofefe::cli {
namespace {

TEST_SUITE_BEGIN("cli::help");

TEST_CASE("lines are broken at blanks, and a long word stands alone") {
  CHECK(wrap("", 10).empty());
  CHECK(wrap("one two", 10) == "one two");
  CHECK(wrap("one two three", 7) == "one two\nthree");
  CHECK(wrap("a somewhat-long-word b", 6) == "a\nsomewhat-long-word\nb");
  CHECK(wrap("first\nline two", 9) == "first\nline two");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cli
