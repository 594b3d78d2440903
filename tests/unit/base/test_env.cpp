// SPDX-License-Identifier: MIT
#include "base/env.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("base");

TEST_CASE("a variable that is unset or empty has no value") {
  const Env env{.variables = {{"FULL", "x=y"}, {"EMPTY", ""}}};

  CHECK(env.get("FULL") == "x=y");
  CHECK_FALSE(env.get("EMPTY"));
  CHECK_FALSE(env.get("UNSET"));
  CHECK_FALSE(env.get("FUL"));
}

TEST_CASE("home is $HOME or empty") {
  CHECK(Env{.variables = {{"HOME", "/home/me"}}}.home() == "/home/me");
  CHECK(Env{.variables = {{"HOME", ""}}}.home().empty());
  CHECK(Env{}.home().empty());
}

TEST_CASE("of_process sees the process's variables and its clock") {
  REQUIRE(::setenv("KPROFEFE_TEST", "a=b=c", 1) == 0);
  REQUIRE(::setenv("KPROFEFE_TEST_EMPTY", "", 1) == 0);

  const Env env = Env::of_process();

  CHECK(env.get("KPROFEFE_TEST") == "a=b=c");
  CHECK(env.variables.contains("KPROFEFE_TEST_EMPTY"));
  CHECK_FALSE(env.get("KPROFEFE_TEST_EMPTY"));
  CHECK(env.root.empty());
  const SystemTime before = std::chrono::system_clock::now();
  CHECK(env.now() >= before);
  ::unsetenv("KPROFEFE_TEST");
  ::unsetenv("KPROFEFE_TEST_EMPTY");
}

TEST_CASE("a test can fix the clock") {
  const Env env{.now = [] { return SystemTime(std::chrono::seconds(42)); }};
  CHECK(env.now() == SystemTime(std::chrono::seconds(42)));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
