// SPDX-License-Identifier: MIT
#include "cmd/program.hpp"

#include "base/file.hpp"
#include "support/profile_builder.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

using test::ProfileBuilder;
using test::Scratch;

struct Ran {
  ExitCode code;
  std::string out;
  std::string err;
};

Ran run_with(std::vector<std::string> words, const Env& env = {},
             bool at_terminal = false) {
  words.insert(words.begin(), "kubectl-profefe");
  std::ostringstream out;
  std::ostringstream err;
  Streams streams{out, err, at_terminal};
  const ExitCode code = run(std::move(words), {env, streams});
  return {code, out.str(), err.str()};
}

Ran run_at_terminal(std::vector<std::string> words) {
  return run_with(std::move(words), {}, true);
}

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

std::string cpu_profile(std::uint64_t milliseconds) {
  return ProfileBuilder::go("cpu")
      .sample({milliseconds / 10, milliseconds * 1'000'000},
              {"main.hot", "main.main"})
      .gzip();
}

TEST_SUITE_BEGIN("cmd::read");

TEST_CASE("top shows a file") {
  const Scratch scratch;
  const Ran ran = run_with({"top", scratch.write("cpu", cpu_profile(20))});
  CHECK(ran.code == ExitCode::ok);
  CHECK(ran.err.empty());
  CHECK(has(ran.out, "Type: cpu\n"));
  CHECK(has(ran.out, "20ms   100%   100%       20ms   100%  main.hot\n"));
}

TEST_CASE("several files are one profile, and a base is subtracted") {
  const Scratch scratch;
  const std::string one = scratch.write("one", cpu_profile(20));
  const std::string two = scratch.write("two", cpu_profile(50));
  CHECK(has(run_with({"top", one, two}).out, "70ms"));
  CHECK(has(run_with({"top", two, "--base", one}).out, "30ms"));
}

TEST_CASE("every view prints something of its own") {
  const Scratch scratch;
  const std::string file = scratch.write("cpu", cpu_profile(20));
  CHECK(has(run_with({"tree", file}).out, "calls% + context"));
  CHECK(has(run_with({"peek", "hot", file}).out, "|   main.main"));
  CHECK(has(run_with({"raw", file}).out, "cpu/nanoseconds"));
  CHECK(run_with({"tags", file}).code == ExitCode::ok);
  CHECK(has(run_with({"list", "hot", file}).out, "information for main.hot"));
  CHECK(has(run_with({"top", "-o", "csv", file}).out, "flat,flat_percent"));
  CHECK(has(run_with({"top", "-o", "json", file}).out, "\"rows\""));
  CHECK(run_with({"dot", file}).out.starts_with("digraph "));
  CHECK(run_with({"dot", "--json", file}).out.starts_with("{"));
  CHECK(run_with({"svg", file}).out.starts_with("<?xml "));
  CHECK(has(run_with({"callgrind", file}).out, "cfn="));
  CHECK(run_with({"text", file}).out == run_with({"top", file}).out);
}

TEST_CASE("formats for other programs go to a file, too") {
  const Scratch scratch;
  const std::string file = scratch.write("cpu", cpu_profile(20));
  const std::string out = scratch / "out";
  const Ran written = run_with({"callgrind", file, "-o", out});
  CHECK(written.code == ExitCode::ok);
  CHECK(written.out.empty());
  CHECK(written.err == "note: wrote " + out + "\n");
  CHECK(read_file(out) == run_with({"callgrind", file}).out);
  CHECK(run_with({"topproto", file, "-o", out}).code == ExitCode::ok);
  CHECK(has(run_with({"top", out, "--sample-index=flat"}).out, "main.hot"));
}

TEST_CASE("a profile is not written to a terminal") {
  const Scratch scratch;
  const std::string file = scratch.write("cpu", cpu_profile(20));
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"topproto", file},
        {"merge", file, "-o", "-"}}) {
    CAPTURE(words);
    const Ran ran = run_at_terminal(words);
    CHECK(ran.code == ExitCode::usage);
    CHECK(ran.out.empty());
    CHECK(has(ran.err, "refusing to write binary data to a terminal"));
  }
  CHECK(run_at_terminal({"dot", file}).code == ExitCode::ok);
}

TEST_CASE("a call tree tells callers apart") {
  const Scratch scratch;
  const std::string file =
      scratch.write("cpu", ProfileBuilder::go("cpu")
                               .sample({1, 10'000'000}, {"leaf", "a", "main"})
                               .sample({1, 10'000'000}, {"leaf", "b", "main"})
                               .gzip());
  CHECK_FALSE(has(run_with({"dot", file}).out, "N5 ["));
  CHECK(has(run_with({"dot", file, "--call-tree"}).out, "N5 ["));
  CHECK(run_with({"dot", file, "-call_tree"}).out ==
        run_with({"dot", file, "--call-tree"}).out);
}

TEST_CASE("every view takes every option of pprof") {
  const Scratch scratch;
  const std::string file = scratch.write("cpu", cpu_profile(20));
  const std::vector<std::vector<std::string>> views = {
      {"top"},  {"text"}, {"tree"},   {"peek", "hot"}, {"list", "hot"},
      {"tags"}, {"raw"},  {"traces"}, {"comments"}};
  const std::vector<std::string> options = {
      "-addresses",      "-files",        "-filefunctions",
      "-functions",      "-lines",        "--granularity=lines",
      "-showcolumns",    "-nodecount=3",  "-nodefraction=0",
      "-edgefraction=0", "-trim=false",   "-compact_labels",
      "-drop_negative",  "-cum",          "-flat",
      "-call_tree",      "-intel_syntax", "-noinlines=true",
      "-tagroot=pod",    "-tagleaf=pod",  "-add_comment=x",
      "-unit=ms",        "-divide_by=2",  "-mean",
      "-sample_index=0"};
  for (const std::vector<std::string>& view : views) {
    for (const std::string& option : options) {
      std::vector<std::string> words = view;
      words.insert(words.end(), {option, file});
      CAPTURE(words);
      const bool finds_nothing = option == "-files" && view[0] == "peek";
      CHECK(run_with(words).code ==
            (finds_nothing ? ExitCode::failed : ExitCode::ok));
    }
  }
}

TEST_CASE("comments are shown, and added") {
  const Scratch scratch;
  const std::string file =
      scratch.write("cpu", ProfileBuilder::go("cpu").comment("#own").gzip());
  CHECK(run_with({"comments", file}).out == "#own\n");
  CHECK(run_with({"comments", file, "--add-comment=by hand"}).out ==
        "#own\nby hand\n");
  CHECK(has(run_with({"top", file, "--add-comment=by hand"}).out, "by hand\n"));
  const std::string merged = scratch / "merged";
  CHECK(run_with({"merge", file, "--add-comment=m", "-o", merged}).code ==
        ExitCode::ok);
  CHECK(run_with({"comments", merged}).out == "#own\nm\n");
}

TEST_CASE("labels become frames in views, flame graphs and merged profiles") {
  const Scratch scratch;
  const std::string file = scratch.write("cpu", cpu_profile(20));
  const std::string merged = scratch / "merged";
  const Ran ran = run_with({"merge", file, "--tagroot=pod", "-o", merged});
  CHECK(ran.code == ExitCode::ok);
  CHECK(has(ran.err, "TagRoot expression matched no samples"));
  CHECK(has(run_with({"traces", merged}).out, "<unknown>\n"));
  const Ran folded = run_with({"flame", file, "-o", "-", "--format=folded",
                               "--tagroot=pod", "-filefunctions"});
  CHECK(has(folded.err, "TagRoot expression matched no samples"));
  CHECK(folded.out == "pod;main.main;main.hot 20000000\n");
}

TEST_CASE("peek of a function that is not there fails") {
  const Scratch scratch;
  const std::string file = scratch.write("cpu", cpu_profile(20));
  const Ran ran = run_with({"peek", "cold", file});
  CHECK(ran.code == ExitCode::failed);
  CHECK(has(ran.err, "cold"));
}

TEST_CASE("a filter that matches nothing is noted") {
  const Scratch scratch;
  const Ran ran =
      run_with({"top", "--focus=cold", scratch.write("cpu", cpu_profile(20))});
  CHECK(ran.code == ExitCode::ok);
  CHECK(has(ran.err, "note: "));
}

TEST_CASE("a wrong expression is said before any source is read") {
  const std::vector<std::vector<std::string>> commands = {
      {"peek", "(", "nosuch.pb.gz"},
      {"list", "*", "nosuch.pb.gz"},
      {"top", "nosuch.pb.gz", "--focus=("},
      {"tree", "nosuch.pb.gz", "--tagignore=a=("},
      {"diff", "pod/a", "-f", "nosuch.json", "--show-from=("},
      {"flame", "-f", "nosuch.json", "-o", "-", "--prune-from=("}};
  for (const std::vector<std::string>& words : commands) {
    CAPTURE(words);
    const Ran ran = run_with(words);
    CHECK(ran.code == ExitCode::usage);
    CHECK_FALSE(has(ran.err, "nosuch"));
  }
  CHECK(has(run_with(commands[2]).err, "error: focus: "));
}

TEST_CASE("a file that cannot be written is said before any source is read") {
  const Scratch scratch;
  const std::string pods = scratch.write("pods.json", "no pods");
  for (const char* command : {"flame", "merge", "dot"}) {
    CAPTURE(command);
    const Ran ran =
        run_with({command, "-f", pods, "-o", scratch / "none/out.html"});
    CHECK(ran.code == ExitCode::failed);
    CHECK(has(ran.err, "directory " + (scratch / "none")));
    CHECK(has(ran.err, "no such file or directory"));
  }
  const Ran shown = run_with({"flame", "-f", pods, "--open"},
                             {.variables = {{"TMPDIR", scratch / "none"}}});
  CHECK(has(shown.err, "directory " + (scratch / "none")));
}

TEST_CASE("a base that is not there is said before the profile is read") {
  const Scratch scratch;
  const std::string pods = scratch.write("pods.json", "no pods");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"top", "-f", pods, "--base", "none.pb.gz"},
        {"tree", "-f", pods, "--diff-base", "none.pb.gz"},
        {"flame", "-f", pods, "-o", "-", "--base", "none.pb.gz"},
        {"diff", "pod/api-0", "none.pb.gz", "-f", pods}}) {
    CAPTURE(words);
    const Ran ran = run_with(words);
    CHECK(ran.code == ExitCode::failed);
    CHECK(has(ran.err, "open none.pb.gz: no such file"));
  }
}

TEST_CASE("a flag that means nothing to the sources is refused by its name") {
  const Scratch scratch;
  const std::string file = scratch.write("cpu", cpu_profile(20));
  const auto says = [&](const std::vector<std::string>& flags) {
    std::vector<std::string> words = {"raw", file};
    words.insert(words.end(), flags.begin(), flags.end());
    const Ran ran = run_with(words);
    CHECK(ran.code == ExitCode::usage);
    return ran.err;
  };
  CHECK(says({"-n", "5"}) ==
        "error: -n only applies to pods, but the sources are files\n");
  CHECK(has(says({"-f", "pods.json"}), "-f only applies to pods"));
  CHECK(has(says({"--seconds=3"}),
            "--seconds only applies to fetching from pods"));
  CHECK(has(says({"--target-insecure"}),
            "--target-insecure only applies to fetching from pods"));
  CHECK(has(says({"--profile-type=heap"}),
            "--profile-type only applies to pods and --service"));
  CHECK(has(says({"--from=1h"}), "--from only applies to --service"));
  CHECK(
      has(says({"http://127.0.0.1:1/", "--via=proxy"}),
          "--via only applies to fetching from pods, but no source is a pod"));
  // Rows, and a server that the sources do not need.
  CHECK(run_with({"top", file, "-r", "5"}).code == ExitCode::ok);
  CHECK(run_with({"raw", file, "--profefe-hostport=http://p:1"}).code ==
        ExitCode::ok);
}

TEST_CASE("sources that cannot be read together are refused") {
  const Scratch scratch;
  const std::string file = scratch.write("cpu", cpu_profile(20));
  const std::pair<std::vector<std::string>, const char*> rows[] = {
      {{"top", "-", "-"}, "standard input can be read only once"},
      {{"diff", "-", file, "-"}, "standard input can be read only once"},
      {{"top", "pod/api", "--base", "-", "-f", "-"},
       "standard input can be read only once"},
      {{"top", "-A", "--base", "pod/api"}, "cannot be combined with -A"},
      {{"diff", "pod/api", "-A"}, "cannot be combined with -A"},
      {{"top", "pod/"}, "invalid pod name \"\""},
      {{"top", "-A", "--by", "pod", "-o", "csv"}, "--by has no effect on -o"}};
  for (const auto& [words, text] : rows) {
    CAPTURE(text);
    const Ran ran = run_with(words);
    CHECK(ran.code == ExitCode::usage);
    CHECK(has(ran.err, text));
  }
}

TEST_CASE("a source in the place of another word is said to be taken for it") {
  const Scratch scratch;
  const std::string file = scratch.write("cpu", cpu_profile(20));
  for (const char* command : {"peek", "list"}) {
    CAPTURE(command);
    const Ran ran = run_with({command, file});
    CHECK(ran.code == ExitCode::usage);
    CHECK(
        has(ran.err, "SOURCE is missing: \"" + file + "\" was taken as REGEX"));
    CHECK(has(run_with({command, "main"}).err,
              "no source given: specify a file"));
  }
  const Ran ran = run_with({"diff", file});
  CHECK(ran.code == ExitCode::usage);
  CHECK(has(ran.err, "NEW is missing: \"" + file + "\" was taken as BASE"));
}

TEST_CASE("a mistyped file is not only said to be a pod that is not there") {
  const Scratch scratch;
  const std::string pods =
      scratch.write("pods.json", R"({"kind": "List", "items": []})");
  const std::string guess =
      "\"nosuch\" is not an existing file, so it was taken as a pod name: ";
  const Ran none = run_with({"top", "nosuch", "-f", pods});
  CHECK(none.code == ExitCode::failed);
  CHECK(has(none.err, "error: " + guess + "pod \"nosuch\" not found among"));
  CHECK(has(run_with({"top", "nosuch"}).err, "error: " + guess + "invalid"));
  CHECK(
      has(run_with({"top", "nosuch", "neither"}).err,
          "\"nosuch\", \"neither\" are not existing files, so they were taken "
          "as pod names: "));
  CHECK_FALSE(
      has(run_with({"top", "pod/nosuch", "-f", pods}).err, "existing file"));
}

TEST_CASE("a trace is named with the command that opens it") {
  const Scratch scratch;
  const std::string file =
      scratch.write("t", std::string("go 1.22 trace\0\0\0", 16));
  const Ran ran = run_with({"top", file});
  CHECK(ran.code == ExitCode::failed);
  CHECK(ran.out.empty());
  CHECK(has(ran.err, "go tool trace"));
}

TEST_CASE("diff is exit code 3 when more grew than a limit allows") {
  const Scratch scratch;
  const std::string old = scratch.write("old", cpu_profile(100'000));
  const std::string now = scratch.write("now", cpu_profile(115'000));
  CHECK(run_with({"diff", old, now}).code == ExitCode::ok);
  CHECK(run_with({"diff", old, now, "--fail-over=20%"}).code == ExitCode::ok);
  CHECK(run_with({"diff", now, old, "--fail-over=0%"}).code == ExitCode::ok);
  const Ran total = run_with({"diff", old, now, "--fail-over=10%"});
  CHECK(total.code == ExitCode::partial);
  CHECK(has(total.out, "limits exceeded:"));
  const Ran function = run_with({"diff", old, now, "--fail-function=hot=5%"});
  CHECK(function.code == ExitCode::partial);
  CHECK(has(function.out, "main.hot"));
}

/// Four sample types; what was allocated grows, what is in use shrinks.
std::string memory_profile(std::string_view kind, std::uint64_t now) {
  return ProfileBuilder::go(kind)
      .sample({1, now * 100, 1, 1000 - now}, {"main.hot", "main.main"})
      .gzip();
}

TEST_CASE("diff looks at what its table shows") {
  const Scratch scratch;
  const std::string old = scratch.write("old", memory_profile("allocs", 5));
  const std::string now = scratch.write("now", memory_profile("heap", 9));

  const Ran table = run_with({"diff", old, now, "--fail-over=1%"});
  CHECK(has(table.out, "Type: alloc_space\n"));
  CHECK(has(table.out, "500B       900B   +80.00%        1%  total\n"));
  const Ran json = run_with({"diff", old, now, "--fail-over=1%", "-o=json"});
  CHECK(json.code == ExitCode::partial);
  CHECK(has(json.out, "\"sample_type\": \"alloc_space\""));
  CHECK(has(run_with({"diff", now, old, "-o=json"}).out,
            "\"sample_type\": \"alloc_space\""));
  CHECK(has(run_with({"diff", now, now, "-o=json"}).out,
            "\"sample_type\": \"inuse_space\""));
}

TEST_CASE("diff is one thing as a table and as JSON") {
  const Scratch scratch;
  const std::string old = scratch.write("old", memory_profile("heap", 5));
  const std::string now = scratch.write("now", cpu_profile(20));
  const std::string json = "--output=json";
  for (const std::string& output : {std::string("--output=table"), json}) {
    CAPTURE(output);
    CHECK(has(run_with({"diff", old, now, "--normalize", output}).err,
              "the profiles have different "));
    CHECK(has(run_with({"diff", old, old, "--focus=nosuch", output}).err,
              "Focus expression matched no samples"));
    const Ran nothing = run_with(
        {"diff", old, old, "--focus=nosuch", "--fail-over=1%", output});
    CHECK(nothing.code == ExitCode::usage);
    CHECK(has(nothing.err, "focus=nosuch: no samples left in either profile"));
  }
  CHECK(run_with({"diff", old, old, json, "--unit=kb"}).code ==
        ExitCode::usage);
  CHECK(run_with({"top", old, json, "--divide-by=2"}).code == ExitCode::usage);
}

TEST_CASE("flags that would do nothing are refused") {
  const Scratch scratch;
  const std::string file = scratch.write("cpu", cpu_profile(20));
  CHECK(run_with({"flame", file, "-o", "-", "--format=svg", "--normalize"})
            .code == ExitCode::usage);
  CHECK(run_with({"diff", file, file, "--fail-noise=5%"}).code ==
        ExitCode::usage);
}

TEST_CASE("merge makes a file that can be read again") {
  const Scratch scratch;
  const std::string one = scratch.write("one", cpu_profile(20));
  const std::string sum = scratch / "sum.pb.gz";
  const Ran merged = run_with({"merge", one, one, "-o", sum});
  CHECK(merged.code == ExitCode::ok);
  CHECK(merged.out.empty());
  CHECK(has(run_with({"top", sum}).out, "40ms"));
}

TEST_CASE("flame needs to know where to and what to draw") {
  const Scratch scratch;
  const std::string file = scratch.write("cpu", cpu_profile(20));
  CHECK(run_with({"flame", file}).code == ExitCode::usage);
  for (const char* name : {"x.png", "x.txt", "x.htm", "x"}) {
    CAPTURE(name);
    const Ran ran = run_with({"flame", file, "-o", scratch / name});
    CHECK(ran.code == ExitCode::usage);
    CHECK(has(ran.err, "unknown extension of \"" + (scratch / name) +
                           "\": use .html, .svg or .folded, or set --format"));
  }
  const Ran folded = run_with({"flame", file, "-o", "-", "--format=folded"});
  CHECK(folded.out == "main.main;main.hot 20000000\n");
}

TEST_CASE("flame divides values and writes them in a unit") {
  const Scratch scratch;
  const std::string file = scratch.write("cpu", cpu_profile(20));
  const auto draw = [&](const std::vector<std::string>& flags) {
    std::vector<std::string> words = {"flame", file, "-o", "-"};
    words.insert(words.end(), flags.begin(), flags.end());
    return run_with(words);
  };
  CHECK(draw({"--format=folded", "--divide-by=10"}).out ==
        "main.main;main.hot 2000000\n");
  CHECK(draw({"--format=folded", "--unit=ms"}).out ==
        "main.main;main.hot 20\n");
  CHECK(has(draw({"--format=svg", "--unit=s"}).out, ">cpu: 0.02s</text>"));
  CHECK(has(draw({"--unit=us", "--divide-by=2"}).out,
            "<tr><td>10000us<td>100.0%"));
  const Ran wrong = draw({"--unit=kg"});
  CHECK(wrong.code == ExitCode::usage);
  CHECK(
      has(wrong.err, "--unit \"kg\": cannot convert cpu from \"nanoseconds\""));
  // Means do not add up, and the widths of frames do.
  CHECK(draw({"--mean"}).code == ExitCode::usage);
}

TEST_CASE("flame has shares of everything, or of what the filters leave") {
  const Scratch scratch;
  const std::string file = scratch.write(
      "cpu", ProfileBuilder::go("cpu")
                 .sample({3, 30'000'000}, {"main.hot", "main.main"})
                 .sample({1, 10'000'000}, {"main.idle", "main.main"})
                 .gzip());
  const auto draw = [&](const char* format, const char* flag) {
    return run_with({"flame", file, "--focus=idle", "-o", "-", format, flag});
  };
  for (const char* format : {"--format=svg", "--format=html"}) {
    CAPTURE(format);
    const std::string all = draw(format, "--unit=auto").out;
    CHECK(has(all, ">cpu: 10ms of 40ms</text>"));
    CHECK(has(all, "<title>main.idle\n10ms (25.0%)</title>"));
    const std::string left = draw(format, "--relative-percentages").out;
    CHECK(has(left, ">cpu: 10ms</text>"));
    CHECK(has(left, "<title>main.idle\n10ms (100.0%)</title>"));
  }
}

TEST_CASE("goroutines groups a file and filters it") {
  const Scratch scratch;
  const std::string frames =
      "main.wait(0x1)\n\t/src/wait.go:12 +0x1d\n"
      "created by main.start in goroutine 1\n\t/src/main.go:7 +0x2f\n\n";
  const std::string path =
      scratch.write("dump",
                    "goroutine 1 [running]:\nmain.main()\n\t/m.go:1 "
                    "+0x1\n\ngoroutine 5 [select, 7 minutes]:\n" +
                        frames + "goroutine 6 [chan receive]:\n" + frames);
  const Ran all = run_with({"goroutines", path});
  CHECK(all.code == ExitCode::ok);
  CHECK(all.err.empty());
  CHECK(all.out.starts_with(path + ": 3 goroutines in 2 groups\n\n2 gorou"));
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--blocked-over", "5m"},
        {"--state", "^select$"},
        {"--focus", "wait.go:12", "--ignore", "nothing", "--blocked-over", "1s",
         "--sort", "wait"}}) {
    std::vector<std::string> line = {"goroutines", path};
    line.insert(line.end(), words.begin(), words.end());
    CAPTURE(words);
    const Ran some = run_with(std::move(line));
    CHECK(has(some.out, "1 of 3 goroutines in 1 of 2 groups"));
    CHECK(has(some.out, "1 goroutine  select  longest 7m\n"));
  }
  CHECK(has(run_with({"goroutines", path, "-o", "json"}).out, "\"id\": 6"));
}

TEST_CASE("goroutines says what is no dump, and what cannot be meant") {
  const Scratch scratch;
  const std::string page = scratch.write("page", "<title>502</title>");
  const Ran none = run_with({"goroutines", page});
  CHECK(none.code == ExitCode::failed);
  CHECK(has(none.err, page + ": not a goroutine dump but an HTML page: 502"));
  CHECK(has(run_with({"goroutines", scratch.write("empty", "")}).err,
            "not a goroutine dump but nothing"));
  const std::string path =
      scratch.write("dump", "goroutine 1 [running]:\nmain.f()\n\t/m.go:1 +0x1");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"goroutines"},
        {"goroutines", path, "-l", "app=api"},
        {"goroutines", path, "--port", "8080"},
        {"goroutines", path, "--timeout", "3s"},
        {"goroutines", "-", "-"},
        {"goroutines", path, "--focus", "("},
        {"goroutines", path, "--sort", "name"},
        {"goroutines", path, "--blocked-over", "0"},
        {"goroutines", path, "--seconds", "3"},
        {"targets", "--via", "pod-ip"}}) {
    CAPTURE(words);
    CHECK(run_with(words).code == ExitCode::usage);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
