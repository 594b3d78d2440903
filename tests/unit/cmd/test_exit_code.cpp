// SPDX-License-Identifier: MIT
#include "cmd/exit_code.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::cmd {
namespace {

TEST_SUITE_BEGIN("cmd::exit_code");

TEST_CASE("a command lists the exit codes it has") {
  const std::string text = list_exit_codes({.ok = "fine", .failed = "not"});
  CHECK(text ==
        "Exit codes:\n  0    fine\n  1    not\n  2    usage error\n"
        "  130  interrupted\n"
        "  141  standard output was closed by its reader, e.g. `head`\n");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
