// SPDX-License-Identifier: MIT
#include "base/user_folder.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("user_folder");

TEST_CASE("XDG's variables come first, then the home folder") {
  const Env both{.variables = {{"HOME", "/home/ann"},
                               {"XDG_STATE_HOME", "/state"},
                               {"XDG_CONFIG_HOME", "/config"}}};
  CHECK(state_folder(both) == "/state/kubectl-profefe");
  CHECK(config_folder(both) == "/config/kubectl-profefe");
  const Env home{.variables = {{"HOME", "/home/ann"}, {"XDG_STATE_HOME", ""}}};
  CHECK(state_folder(home) == "/home/ann/.local/state/kubectl-profefe");
  CHECK(config_folder(home) == "/home/ann/.config/kubectl-profefe");
  CHECK(state_folder({}).empty());
  CHECK(config_folder({}).empty());
}

TEST_CASE("a folder is made for its owner alone") {
  const test::Scratch scratch;
  REQUIRE(make_private_folder(scratch / "a/b"));
  CHECK(std::filesystem::status(scratch / "a/b").permissions() ==
        std::filesystem::perms::owner_all);
  const Result<void> failed =
      make_private_folder(scratch.write("file", "") + "/c");
  REQUIRE_FALSE(failed);
  CHECK(failed.error().kind == ErrorKind::io);
  CHECK(failed.error().message.contains("file/c"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
