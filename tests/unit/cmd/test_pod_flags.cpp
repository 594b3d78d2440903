// SPDX-License-Identifier: MIT
#include "cmd/cli.hpp"
#include "cmd/open_cluster.hpp"
#include "cmd/pod_flags.hpp"

#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <optional>
#include <sstream>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

using test::Scratch;

/// What a source of an API server, which is never asked, says of `pods`.
std::string described(PodFlags flags, std::size_t pods, bool explain_all) {
  flags.cluster.choice.cluster.server = "http://127.0.0.1:1";
  const Env env;
  std::ostringstream unread;
  Streams streams{unread, unread};
  async::Loop loop;
  http::Client client(loop, "kprofefe-test/1");
  const Result<OpenCluster> cluster =
      open_cluster(flags.cluster, {env, streams}, &client, std::stop_token());
  if (!cluster) {
    return cluster.error().message;
  }
  const Result<PodSource> source =
      PodSource::open(flags, std::nullopt, &*cluster);
  return source ? source->describe(pods, explain_all) : source.error().message;
}

PodFlags flags_for(const char* ns, const char* labels = "",
                   const char* fields = "") {
  PodFlags flags;
  flags.cluster.choice.ns = ns;
  flags.all_namespaces = std::string_view(ns).empty();
  flags.label_selector = labels;
  flags.field_selector = fields;
  return flags;
}

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

TEST_SUITE_BEGIN("cmd::PodSource");

TEST_CASE("what was looked at is said with its selectors and in its number") {
  struct Row {
    PodFlags flags;
    std::size_t pods = 0;
    bool explain_all = false;
    const char* text = nullptr;
  };

  const Row rows[] = {
      {flags_for("shop"), 3, false, "3 running pods in namespace \"shop\""},
      {flags_for("shop"), 1, true, "1 pod in namespace \"shop\""},
      {flags_for(""), 2, true, "2 pods in all namespaces"},
      {flags_for(""), 0, true, "no pods in any namespace"},
      {flags_for("shop", "app=none"), 0, false,
       "no running pods in namespace \"shop\" that match -l app=none"},
      {flags_for("shop", "", "spec.nodeName=n"), 1, false,
       "1 running pod in namespace \"shop\" that matches --field-selector "
       "spec.nodeName=n"},
      {flags_for("", "app=none", "spec.nodeName=n"), 2, true,
       "2 pods in all namespaces that match -l app=none and --field-selector "
       "spec.nodeName=n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(described(row.flags, row.pods, row.explain_all) == row.text);
  }
}

TEST_CASE("nothing to profile says what was seen, and where more is said") {
  const std::string pending =
      R"({"kind": "Pod", "metadata": {"name": "a"},
          "status": {"phase": "Pending"}})";
  const std::string other = R"({"kind": "Pod", "metadata": {"name": "b"}})";
  CHECK(said_of({"capture"}, pending) ==
        "error: nothing to profile: 1 pod in pods.json, without the annotation "
        "profefe.com/enable: \"true\"; `kubectl profefe targets` says why\n");
  CHECK(said_of({"capture"}, pending + other) ==
        "error: nothing to profile: 2 pods in pods.json, none with the "
        "annotation profefe.com/enable: \"true\"; `kubectl profefe targets` "
        "says why for each\n");
  CHECK(said_of({"capture", "-n", "shop"}, pending) ==
        "error: nothing to profile: no pods in namespace \"shop\" of "
        "pods.json\n");
  CHECK(said_of({"targets"}, R"({"kind": "List", "items": []})") ==
        "note: no pods in pods.json\n");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
