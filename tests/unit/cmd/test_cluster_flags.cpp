// SPDX-License-Identifier: MIT
#include "cmd/cluster_flags.hpp"
#include "cmd/pod_flags.hpp"

#include <CLI/CLI.hpp>
#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

namespace kprofefe::cmd {
namespace {

using namespace std::chrono_literals;

ClusterFlags parse(std::vector<std::string> reversed) {
  CLI::App app;
  app.option_defaults()->take_last();  // as run() has it
  ClusterFlags flags;
  add_cluster_flags(app, flags);
  app.parse(std::move(reversed));
  return flags;
}

TEST_SUITE_BEGIN("cmd::cluster_flags");

TEST_CASE("groups and extras may be repeated, each with one value") {
  const ClusterFlags flags =
      parse({"k=w=x", "--as-user-extra", "--as-user-extra=k=v", "b",
             "--as-group", "--as-group=a", "joe", "--as"});

  const auto choice = read_choice(flags);
  REQUIRE(choice);
  const kube::Impersonation& as = choice->user.impersonate;
  CHECK(as.user == "joe");
  CHECK(as.groups == std::vector<std::string>{"a", "b"});
  CHECK(as.extra.at("k") == std::vector<std::string>{"v", "w=x"});
}

TEST_CASE("an extra without a key is refused") {
  for (const char* text : {"--as-user-extra=k", "--as-user-extra==v"}) {
    CAPTURE(text);
    const auto choice = read_choice(parse({text}));
    REQUIRE_FALSE(choice);
    CHECK(choice.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("flags of kubectl are taken as kubectl spells them") {
  const ClusterFlags flags = parse(
      {"--insecure-skip-tls-verify=true", "https://h", "-s", "--cache-dir=/x",
       "--disable-compression", "--cluster=c", "--user=u", "--token=t"});

  CHECK(flags.choice.cluster.insecure);
  CHECK(flags.choice.cluster.server == "https://h");
  CHECK(flags.choice.cluster_name == "c");
  CHECK(flags.choice.user_name == "u");
  CHECK(flags.choice.user.token == "t");
}

TEST_CASE("of a flag that is given twice the last holds, as with kubectl") {
  const ClusterFlags flags =
      parse({"--insecure-skip-tls-verify=false", "--insecure-skip-tls-verify",
             "--context=b", "a", "--context", "8s", "--request-timeout",
             "--request-timeout=9s"});

  CHECK(flags.choice.context == "b");
  CHECK(flags.request_timeout == "8s");
  CHECK_FALSE(flags.choice.cluster.insecure);
}

TEST_CASE("the namespace may be given again, by either name") {
  CLI::App app;
  app.option_defaults()->take_last();
  PodFlags flags;
  add_pod_flags(app, flags);
  app.parse(std::vector<std::string>{"b", "-n", "--namespace=a"});

  CHECK(flags.cluster.choice.ns == "b");
}

TEST_CASE("a request timeout is a duration, seconds, or 0 for none") {
  ClusterFlags flags;
  CHECK(read_request_timeout(flags) == Milliseconds(2min));
  flags.request_timeout = "45s";
  CHECK(read_request_timeout(flags) == Milliseconds(45s));
  flags.request_timeout = "5";
  CHECK(read_request_timeout(flags) == Milliseconds(5s));
  flags.request_timeout = "0";
  CHECK(*read_request_timeout(flags) > 24h);
  for (const char* text : {"", "-1s", "soon"}) {
    CAPTURE(text);
    flags.request_timeout = text;
    CHECK_FALSE(read_request_timeout(flags));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
