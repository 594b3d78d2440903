// SPDX-License-Identifier: MIT
#include "shell/shell.hpp"
#include "support/profile_maker.hpp"

#include <doctest/doctest.h>

#include <map>

namespace kprofefe::shell {
namespace {

TEST_SUITE_BEGIN("shell");

/// Keeps what is printed.
class Recorder final : public Screen {
 public:
  Result<void> print(const Producer& produce) override {
    if (is_gone) {
      return fail(ErrorKind::reader_gone, "gone");
    }
    (void)produce([this](std::string_view piece) {
      printed += piece;
      return true;
    });
    return {};
  }

  Result<void> save(const std::string& path, const Producer& produce) override {
    if (path.starts_with("/no/")) {
      return fail(ErrorKind::io, "write " + path + ": no such directory");
    }
    (void)produce([&](std::string_view piece) {
      files[path] += piece;
      return true;
    });
    return {};
  }

  void say(std::string_view line) override {
    said += line;
    said += '\n';
  }

  Result<void> open_page(const Command& command) override {
    page = command;
    return {};
  }

  [[nodiscard]] bool is_terminal() const override { return terminal; }

  std::string printed;
  std::string said;
  std::map<std::string, std::string> files;
  Command page;
  bool terminal = false;
  bool is_gone = false;
};

/// A shell over the server's profile.
struct Fixture {
  pprof::Profile profile = view::server_profile();
  Recorder screen;
  Shell shell{&profile, {}, &screen};

  /// What the line prints.
  std::string print(std::string_view line) {
    screen.printed.clear();
    CHECK(shell.run(line).value());
    return screen.printed;
  }

  /// What the line says beside.
  std::string say(std::string_view line) {
    screen.said.clear();
    CHECK(print(line).empty());
    return screen.said;
  }
};

TEST_CASE_FIXTURE(Fixture, "it says what the profile is, and where help is") {
  REQUIRE(shell.greet());
  CHECK(screen.said.starts_with("File: server\n"));
  CHECK(screen.said.ends_with(
      "Entering interactive mode (type \"help\" for commands, \"o\" for "
      "options)\n"));
}

TEST_CASE_FIXTURE(Fixture, "assignments hold until they are taken back") {
  CHECK(print("top").contains("runtime.gc"));
  CHECK(print("focus = scan //: what we look for").empty());
  CHECK_FALSE(print("top").contains("runtime.gc"));
  CHECK(print(":").empty());
  CHECK(print("top").contains("runtime.gc"));
}

TEST_CASE_FIXTURE(Fixture, "a type of samples is short for its assignment") {
  CHECK(print("top").contains("500ms"));
  CHECK(print("samples").empty());
  CHECK(print("top").contains("50"));
  CHECK_FALSE(screen.printed.contains("500ms"));
  CHECK(print("mean_cpu").empty());
  CHECK(print("top").contains("10ms"));
  CHECK(print("total_cpu").empty());
  CHECK(print("top").contains("500ms"));
}

TEST_CASE_FIXTURE(Fixture, "what is wrong is said, and the shell goes on") {
  CHECK(say("bogus") == "unrecognized command: \"bogus\"\n");
  CHECK(say("nodecount") == "please specify a value, e.g. nodecount=<val>\n");
  CHECK(say("nodecount=many") == "nodecount=many: use a number\n");
  CHECK(say("sample_index=bytes").contains("samples"));
  CHECK(say("peek [").contains("["));
  CHECK(say("").empty());
}

TEST_CASE_FIXTURE(Fixture, "help tells of everything, or of one thing") {
  const std::string all = say("help");
  for (const std::string_view name : report_names()) {
    CHECK(all.contains(name));
  }
  for (const std::string_view name : Settings::names()) {
    CHECK(all.contains(name));
  }
  CHECK(say("help peek") ==
        "Callers and callees of matching functions\n  Usage:\n"
        "    peek func_regex [n] [focus_regex]* [-ignore_regex]* [-cum] "
        ">file\n");
  CHECK(say("help\ttop").contains("top [n]"));
  CHECK(say("help lines") == "Same as granularity=lines\n");
  CHECK(say("help cum") == "Same as sort=cum\n");
  CHECK(say("help focus") == "Only stacks with a frame that matches\n");
  CHECK(say("help bogus") == "Unknown command: bogus\n");
}

TEST_CASE_FIXTURE(Fixture, "a report goes to the file that is named") {
  CHECK(say("top >out.txt") == "Generating report in out.txt\n");
  CHECK(screen.files.at("out.txt").contains("json.scan"));
  CHECK(say("output=all.txt").empty());
  CHECK(say("top") == "Generating report in all.txt\n");
  CHECK(say("top >/no/such") ==
        "Generating report in /no/such\nwrite /no/such: no such directory\n");
}

TEST_CASE_FIXTURE(Fixture, "bytes are not printed on a terminal") {
  CHECK(print("proto").starts_with("\x1f\x8b"));
  screen.terminal = true;
  CHECK(say("proto") ==
        "refusing to write proto to a terminal: use proto >FILE\n");
  CHECK(say("proto >p.pb.gz") == "Generating report in p.pb.gz\n");
  CHECK(screen.files.at("p.pb.gz").starts_with("\x1f\x8b"));
}

TEST_CASE_FIXTURE(Fixture, "web and weblist open a page with the options") {
  CHECK(print("ignore=gc").empty());
  CHECK(print("web handle").empty());
  CHECK(screen.page.name == "web");
  CHECK(screen.page.options.filters.focus == "handle");
  CHECK(screen.page.options.filters.ignore == "gc");
  CHECK(print("weblist main.main").empty());
  CHECK(screen.page.name == "weblist");
  CHECK(screen.page.argument == "main.main");
}

TEST_CASE_FIXTURE(Fixture, "a page that would be empty is not opened") {
  CHECK(say("weblist no such function").contains("no matches"));
  CHECK(say("web [").contains("["));
  CHECK(say("web >g.svg") ==
        "web opens a page and writes no file: use svg >FILE\n");
  CHECK(screen.page.name.empty());
}

TEST_CASE("types of one name are told apart by their number") {
  view::ProfileMaker maker("x/count x/bytes");
  maker.sample({maker.at("main.main")}, {1, 2048});
  Recorder screen;
  Shell shell(&maker.profile(), {}, &screen);
  CHECK(shell.run("sample_index=1").value());
  CHECK(shell.run("top").value());
  CHECK(screen.printed.contains("2kB"));
}

TEST_CASE_FIXTURE(Fixture, "it ends when told to, or when nobody reads") {
  for (const std::string_view word : {"q", "quit", "exit"}) {
    CHECK_FALSE(shell.run(word).value());
  }
  screen.is_gone = true;
  const Result<bool> ended = shell.run("top");
  REQUIRE_FALSE(ended);
  CHECK(ended.error().kind == ErrorKind::reader_gone);
}

TEST_CASE_FIXTURE(Fixture, "Tab completes commands, settings and functions") {
  using Lines = std::vector<std::string>;
  CHECK(shell.complete("pee") == Lines{"peek"});
  CHECK(shell.complete("nodec") == Lines{"nodecount"});
  CHECK(shell.complete("help pee") == Lines{"help peek"});
  CHECK(shell.complete("node") == Lines{"nodecount", "nodefraction"});
  CHECK(shell.complete("list json.s") == Lines{"list json.scan"});
  CHECK(shell.complete("list json") ==
        Lines{"list json.parse", "list json.scan"});
  CHECK(shell.complete("top -json.s") == Lines{"top -json.scan"});
  // Names that only have the word somewhere are for when none begins with it.
  CHECK(shell.complete("list handle") == Lines{"list main.handle"});
  CHECK(shell.complete("list main") ==
        Lines{"list main.handle", "list main.main"});
  CHECK(shell.complete("list ").empty());
  CHECK(shell.complete("tags json").empty());
  CHECK(shell.complete("bogus").empty());
  CHECK(shell.complete("bogus json.s").empty());
  CHECK(shell.complete("top10 json.s") == Lines{"top10 json.scan"});
  CHECK(shell.complete("lin") == Lines{"lines"});
  CHECK(shell.complete("samp") == Lines{"sample_index", "samples"});
  CHECK(shell.complete("").size() > 40);
}

TEST_CASE("a method's name is completed to an expression that matches it") {
  view::ProfileMaker maker("samples/count");
  maker.sample({maker.at("main.(*Server[...]).Run")}, {1});
  Recorder screen;
  Shell shell(&maker.profile(), {}, &screen);
  const std::string line = R"(peek main.\(\*Server\[...\]\).Run)";
  for (const std::string_view typed :
       {"peek main.", "peek main.(*Ser", R"(peek main.\(\*Ser)", "peek Run"}) {
    CHECK(shell.complete(typed) == std::vector<std::string>{line});
  }
  CHECK(shell.run(line).value());
  CHECK(screen.printed.contains("main.(*Server[...]).Run"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::shell
