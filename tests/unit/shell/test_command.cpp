// SPDX-License-Identifier: MIT
#include "shell/command.hpp"

#include <doctest/doctest.h>

namespace kprofefe::shell {
namespace {

TEST_SUITE_BEGIN("shell");

Result<Command> parse(std::string_view line) {
  return parse_command(line, Settings({}));
}

Command parsed(std::string_view line) {
  const Result<Command> command = parse(line);
  REQUIRE_MESSAGE(command, line, ": ", command.error().message);
  return *command;
}

std::string error_of(std::string_view line) {
  const Result<Command> command = parse(line);
  REQUIRE_FALSE(command);
  CHECK(command.error().kind == ErrorKind::usage);
  return command.error().message;
}

TEST_CASE("words after a command are rows, expressions and a file") {
  const Command command =
      parsed("top 5 main flate -runtime -sys --cum > out.txt");
  CHECK(command.name == "top");
  CHECK(command.options.node_count == 5);
  CHECK(command.options.filters.focus == "main|flate");
  CHECK(command.options.filters.ignore == "runtime|sys");
  CHECK(command.options.sort_by_cum);
  CHECK(command.output == "out.txt");
  CHECK(parsed("traces >t").output == "t");
  CHECK(parsed("top +5").options.node_count == 5);
}

TEST_CASE("a number may stick to the name") {
  CHECK(parsed("top7").options.node_count == 7);
  CHECK(parsed("tree20 main").options.filters.focus == "main");
  CHECK(error_of("nothing7") == "unrecognized command: \"nothing\"");
}

TEST_CASE("top has ten rows unless something says otherwise") {
  CHECK(parsed("top").options.node_count == 10);
  CHECK(parsed("text").options.node_count == 10);
  CHECK(parsed("tree").options.node_count == -1);
  Settings settings({});
  REQUIRE(settings.assign("nodecount", "3"));
  CHECK(parse_command("top", settings)->options.node_count == 3);
  CHECK(parse_command("top 4", settings)->options.node_count == 4);
}

TEST_CASE("expressions replace the settings of this report alone") {
  Settings settings({});
  REQUIRE(settings.assign("focus", "old"));
  REQUIRE(settings.assign("output", "kept.txt"));
  const Result<Command> command = parse_command("top new", settings);
  REQUIRE(command);
  CHECK(command->options.filters.focus == "new");
  CHECK(command->output == "kept.txt");
  CHECK(settings.options().filters.focus == "old");
}

TEST_CASE("of tags the expressions are about tags") {
  const Command command = parsed("tags bytes -pod");
  CHECK(command.options.filters.tag_focus == "bytes");
  CHECK(command.options.filters.tag_ignore == "pod");
  CHECK(command.options.filters.focus.empty());
}

TEST_CASE("list, peek and weblist need a function") {
  for (const std::string_view name : {"list", "peek", "weblist"}) {
    CHECK(error_of(name) ==
          "command " + std::string(name) + " requires an argument");
    const Command command = parsed(std::string(name) + " main.work 3 -gc");
    CHECK(command.argument == "main.work");
    CHECK(command.options.node_count == 3);
    CHECK(command.options.filters.ignore == "gc");
  }
}

TEST_CASE("what is no command says what it may have meant") {
  CHECK(error_of("focus main") == "did you mean: focus=main");
  CHECK(error_of("unit") == "did you mean: unit=<val>");
  CHECK(error_of("top >") == "unexpected end of line after >");
  CHECK(error_of("bogus") == "unrecognized command: \"bogus\"");
  CHECK(error_of("png") == "png is not here: use svg >FILE, or web");
}

TEST_CASE("each report says what it is for, and where it goes") {
  for (const std::string_view name : report_names()) {
    CHECK_FALSE(summary_of(name).empty());
    CHECK(describe_report(name).contains("    " + std::string(name)));
    CHECK_FALSE((opens_page(name) && is_for_file(name)));
  }
  CHECK(opens_page("web"));
  CHECK(opens_page("weblist"));
  CHECK(is_for_file("proto"));
  CHECK_FALSE(is_for_file("top"));
  CHECK(describe_report("nothing").empty());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::shell
