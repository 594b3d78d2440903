// SPDX-License-Identifier: MIT
#include "cmd/pod_flags.hpp"
#include "cmd/program.hpp"
#include "parse.hpp"

#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

using test::Scratch;

/// What a command says on standard error about a file of `pods`.
std::string said_of(std::vector<std::string> words, const std::string& pods) {
  const Scratch scratch;
  words.insert(words.begin(), "kubectl-profefe");
  words.insert(words.end(), {"-f", scratch.write("pods.json", pods)});
  std::ostringstream out;
  std::ostringstream err;
  const Env env;
  Streams streams{out, err};
  run(std::move(words), {env, streams});
  std::string text = err.str();
  const auto folder = text.find(scratch / "");
  return folder == std::string::npos
             ? text
             : text.erase(folder, (scratch / "").size());
}

TEST_SUITE_BEGIN("cmd::pod_flags");

TEST_CASE("nothing to profile says what was seen, and where more is said") {
  const std::string pending =
      R"({"kind": "Pod", "metadata": {"name": "a"},
          "status": {"phase": "Pending"}})";
  const std::string other = R"({"kind": "Pod", "metadata": {"name": "b"}})";
  CHECK(said_of({"capture"}, pending) ==
        "error: nothing to profile: 1 pod in pods.json, without the annotation "
        "profefe.com/enable: \"true\"; select with -l or by name, or see "
        "`kubectl profefe targets` for the reason\n");
  CHECK(
      said_of({"capture"}, pending + other) ==
      "error: nothing to profile: 2 pods in pods.json, none with the "
      "annotation profefe.com/enable: \"true\"; select with -l or by name, or "
      "see `kubectl profefe targets` for the reason for each\n");
  CHECK(said_of({"capture", "-n", "shop"}, pending) ==
        "error: nothing to profile: no pods in namespace \"shop\" of "
        "pods.json\n");
  CHECK(said_of({"targets"}, R"({"kind": "List", "items": []})") ==
        "note: no pods in pods.json\n");
}

TEST_CASE("the namespace may be given again, by either name") {
  CLI::App app;
  app.option_defaults()->take_last();
  PodFlags flags;
  add_pod_flags(app, flags);
  parse(app, {"--namespace=a", "-n", "b"});

  CHECK(complete(flags)->selection.ns == "b");
}

TEST_CASE("pods that cannot be meant are refused") {
  const std::pair<std::vector<std::string>, const char*> rows[] = {
      {{"api", "-A"}, "pod names cannot be combined with -A"},
      {{"api", "-l", "a=b"}, "pod names cannot be combined with -l"},
      {{"-f", "x", "-l", "a=b"}, "have no effect with -f"}};
  for (const auto& [words, text] : rows) {
    CAPTURE(text);
    CLI::App app;
    PodFlags flags;
    add_pod_names(app, flags, "");
    add_pod_flags(app, flags);
    parse(app, words);

    const Result<collect::PodRequest> request = complete(flags);

    REQUIRE_FALSE(request);
    CHECK(request.error().kind == ErrorKind::usage);
    CHECK(request.error().message.find(text) != std::string::npos);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
