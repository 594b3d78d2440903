// SPDX-License-Identifier: MIT
#include "base/file.hpp"
#include "support/scratch.hpp"
#include "term/line_history.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace kprofefe::term {
namespace {

using Lines = std::vector<std::string>;

TEST_SUITE_BEGIN("term");

TEST_CASE("lines are kept for the next run, for their owner alone") {
  const test::Scratch scratch;
  const LineHistory history(scratch / "state");
  CHECK(history.load().value().empty());
  REQUIRE(history.add("top"));
  REQUIRE(LineHistory(scratch / "state").add("list main"));
  CHECK(history.load().value() == Lines{"top", "list main"});
  const auto mode =
      std::filesystem::status(scratch / "state/shell_history").permissions();
  CHECK(mode == (std::filesystem::perms::owner_read |
                 std::filesystem::perms::owner_write));
}

TEST_CASE("the newest are kept, and the file does not grow for ever") {
  const test::Scratch scratch;
  std::string text;
  for (std::size_t i = 0; i < 2 * LineHistory::k_kept + 1; ++i) {
    text += "line " + std::to_string(i) + "\n";
  }
  const std::string path = scratch.write("shell_history", text);
  const Lines lines = LineHistory(scratch.path()).load().value();
  CHECK(lines.size() == LineHistory::k_kept);
  CHECK(lines.front() == "line 1001");
  CHECK(lines.back() == "line 2000");
  CHECK(read_file(path).value().starts_with("line 1001\n"));
  CHECK(std::filesystem::status(path).permissions() ==
        (std::filesystem::perms::owner_read |
         std::filesystem::perms::owner_write));
}

TEST_CASE("without a folder nothing is kept") {
  const LineHistory history("");
  CHECK(history.add("top"));
  CHECK(history.load().value().empty());
}

TEST_CASE("a folder that cannot be made is named") {
  const test::Scratch scratch;
  const std::string file = scratch.write("file", "");
  const Result<void> added = LineHistory(file + "/state").add("top");
  REQUIRE_FALSE(added);
  CHECK(added.error().message.contains(file + "/state"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::term
