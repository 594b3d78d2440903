// SPDX-License-Identifier: MIT
#include "cmd/help.hpp"

#include <doctest/doctest.h>

namespace kprofefe::cmd {
namespace {

TEST_SUITE_BEGIN("cmd::help");

TEST_CASE("lines are broken at blanks, and a long word stands alone") {
  CHECK(wrap("", 10).empty());
  CHECK(wrap("one two", 10) == "one two");
  CHECK(wrap("one two three", 7) == "one two\nthree");
  CHECK(wrap("a somewhat-long-word b", 6) == "a\nsomewhat-long-word\nb");
  CHECK(wrap("first\nline two", 9) == "first\nline two");
}

TEST_CASE("a command lists the exit codes it has") {
  const std::string text = list_exit_codes({.ok = "fine", .failed = "not"});
  CHECK(text ==
        "Exit codes:\n  0    fine\n  1    not\n  2    wrong usage\n"
        "  130  interrupted\n"
        "  141  standard output was closed by its reader, as `head` does\n");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
