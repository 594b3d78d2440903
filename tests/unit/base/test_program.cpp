// SPDX-License-Identifier: MIT
#include "base/program.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace kprofefe {
namespace {

using test::Scratch;

TEST_SUITE_BEGIN("base::find_program");

TEST_CASE("a name is looked for in PATH, a path is itself") {
  const Scratch scratch;
  const std::string tool = scratch.write("bin/tool", "#!/bin/sh\n");
  std::filesystem::permissions(tool, std::filesystem::perms::owner_all);
  static_cast<void>(scratch.write("first/tool", "not executable"));
  std::filesystem::create_directories(scratch / "second/tool");
  Env env;
  env.variables["PATH"] = (scratch / "first") + ":" + (scratch / "second") +
                          "::" + (scratch / "bin");

  CHECK(find_program("tool", env) == tool);
  CHECK(find_program(tool, env) == tool);
}

TEST_CASE("what cannot be run is not found") {
  const Scratch scratch;
  Env env;
  env.variables["PATH"] = scratch.path();

  CHECK(find_program("tool", env).error().message ==
        "tool: executable file not found in $PATH");
  CHECK(find_program("/nope/tool", env).error().message ==
        "/nope/tool: no such file or directory");
  CHECK(find_program(scratch.path(), env).error().kind == ErrorKind::not_found);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
