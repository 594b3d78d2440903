// SPDX-License-Identifier: MIT
#include "source/saved.hpp"
#include "support/scratch.hpp"
#include "support/stacks.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <iterator>
#include <utility>

namespace kprofefe::source {
namespace {

SystemTime g_now;

TEST_SUITE_BEGIN("source::saved");

TEST_CASE("the newest 50 captures are kept, and the last is found again") {
  const test::Scratch scratch;
  const Env env{.variables = {{"XDG_STATE_HOME", scratch / "state"}},
                .now = [] { return g_now; }};
  CHECK(find_capture("@last", env).error().kind == ErrorKind::not_found);
  std::string before;
  std::string last;
  for (int i = 0; i < 60; ++i) {
    g_now = SystemTime(std::chrono::seconds(1'800'000'000 + i));
    const auto path = save_capture(test::small_cpu(), "cpu", "api-0", env);
    REQUIRE(path);
    before = std::exchange(last, *path);
  }
  CHECK(find_capture("@last", env) == last);
  CHECK(find_capture("@last~0", env) == last);
  CHECK(find_capture("@last~1", env) == before);
  CHECK(find_capture("@last~50", env).error().kind == ErrorKind::not_found);
  for (const char* word : {"@last~", "@last~-1", "@last~x"}) {
    CHECK(names_capture(word));
    CHECK(find_capture(word, env).error().kind == ErrorKind::usage);
  }
  CHECK_FALSE(names_capture("@lasting"));
  const std::filesystem::directory_iterator files(scratch /
                                                  "state/kubectl-profefe");
  CHECK(std::distance(begin(files), end(files)) == 50);
}

TEST_CASE("captures of the same moment do not take each other's place") {
  const test::Scratch scratch;
  const Env env{.variables = {{"XDG_STATE_HOME", scratch / "state"}},
                .now = [] { return g_now; }};
  const auto one = save_capture(test::small_cpu(), "cpu", "api-0", env);
  const auto two = save_capture(test::small_cpu(), "cpu", "api-0", env);
  REQUIRE(one);
  REQUIRE(two);
  CHECK(*one != *two);
  CHECK(find_capture("@last", env) == *two);
  CHECK((std::filesystem::status(*one).permissions() &
         std::filesystem::perms::all) == (std::filesystem::perms::owner_read |
                                          std::filesystem::perms::owner_write));
}

TEST_CASE("without a home nothing is kept, which is no failure") {
  CHECK(save_capture(test::small_cpu(), "cpu", "api-0", {}) == std::string());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::source
