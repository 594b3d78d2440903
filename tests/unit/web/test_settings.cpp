// SPDX-License-Identifier: MIT
#include "base/file.hpp"
#include "support/scratch.hpp"
#include "web/settings.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

namespace kprofefe::web {
namespace {

TEST_SUITE_BEGIN("web::Settings");

TEST_CASE("are kept from one session to the next") {
  const test::Scratch scratch;
  const Env env{.variables = {{"XDG_CONFIG_HOME", scratch / "config"}}};
  CHECK(Settings(env).list().value().empty());
  REQUIRE(Settings(env).save({.name = "mine", .query = "?f=main"}));
  REQUIRE(Settings(env).save({.name = "other", .query = "?g=lines"}));
  REQUIRE(Settings(env).save({.name = "mine", .query = "?f=work"}));
  const auto kept = Settings(env).list().value();
  REQUIRE(kept.size() == 2);
  CHECK(kept[1].name == "mine");
  CHECK(kept[1].query == "?f=work");
  REQUIRE(Settings(env).remove("mine"));
  CHECK(Settings(env).list().value().size() == 1);
  CHECK(Settings(env).remove("mine").error().kind == ErrorKind::not_found);
}

TEST_CASE("a file that is something else is not written over") {
  const test::Scratch scratch;
  const Env env{.variables = {{"XDG_CONFIG_HOME", scratch / "config"}}};
  std::filesystem::create_directories(scratch / "config/kubectl-profefe");
  const std::string path = scratch / "config/kubectl-profefe/settings.json";
  REQUIRE(write_file(path, "not JSON"));
  CHECK(Settings(env).save({.name = "a", .query = ""}).error().kind ==
        ErrorKind::malformed);
  CHECK(read_file(path).value() == "not JSON");
}

TEST_CASE("a name is needed, and a home folder") {
  const test::Scratch scratch;
  const Env env{.variables = {{"XDG_CONFIG_HOME", scratch / "config"}}};
  CHECK(Settings(env).save({.name = "", .query = ""}).error().kind ==
        ErrorKind::usage);
  CHECK(Settings(env)
            .save({.name = std::string(101, 'x'), .query = ""})
            .error()
            .kind == ErrorKind::usage);
  CHECK(Settings(Env{}).save({.name = "a", .query = ""}).error().kind ==
        ErrorKind::io);
  CHECK(Settings(Env{}).list().value().empty());
}

}  // namespace
}  // namespace kprofefe::web
