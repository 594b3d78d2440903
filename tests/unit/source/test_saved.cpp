// SPDX-License-Identifier: MIT
#include "source/saved.hpp"
#include "support/scratch.hpp"
#include "support/stacks.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <iterator>

namespace kprofefe::source {
namespace {

SystemTime g_now;

TEST_SUITE_BEGIN("source::saved");

TEST_CASE("the newest 50 captures are kept, and the last is found again") {
  const test::Scratch scratch;
  const Env env{.variables = {{"XDG_STATE_HOME", scratch / "state"}},
                .now = [] { return g_now; }};
  CHECK_FALSE(last_capture(env));
  std::string last;
  for (int i = 0; i < 60; ++i) {
    g_now = SystemTime(std::chrono::seconds(1'800'000'000 + i));
    const auto path = save_capture(test::small_cpu(), "cpu", "api-0", env);
    REQUIRE(path);
    last = *path;
  }
  CHECK(last_capture(env) == last);
  const std::filesystem::directory_iterator files(
      scratch / "state/kubectl-profefe");
  CHECK(std::distance(begin(files), end(files)) == 50);
}

TEST_CASE("without a home nothing is kept, which is no failure") {
  CHECK(save_capture(test::small_cpu(), "cpu", "api-0", {}) == std::string());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::source
