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

TEST_CASE("every flag of kubectl options is taken, in every spelling") {
  // As kubectl 1.36 lists them; -n is a flag of pods.
  for (const char* word : {"--as=x",
                           "--as-group=x",
                           "--as-uid=x",
                           "--as-user-extra=k=v",
                           "--cache-dir=x",
                           "--certificate-authority=x",
                           "--client-certificate=x",
                           "--client-key=x",
                           "--cluster=x",
                           "--context=x",
                           "--disable-compression",
                           "--disable-compression=false",
                           "--insecure-skip-tls-verify",
                           "--kubeconfig=x",
                           "--kuberc=off",
                           "--log-flush-frequency=5s",
                           "--match-server-version",
                           "--match-server-version=false",
                           "--password=x",
                           "--profile=none",
                           "--profile-output=x",
                           "--request-timeout=0",
                           "-shost",
                           "--server=x",
                           "--tls-server-name=x",
                           "--token=x",
                           "--user=x",
                           "--username=x",
                           "-v6",
                           "--v=6",
                           "--vmodule=a=1,b=2",
                           "--warnings-as-errors",
                           "--warnings-as-errors=true"}) {
    CAPTURE(word);
    CHECK_NOTHROW(parse({word}));
  }
  CHECK_NOTHROW(parse({"6", "-v", "6", "--v", "10s", "--log-flush-frequency"}));
  CHECK_THROWS_AS(parse({"-v"}), CLI::ParseError);
}

TEST_CASE("--kuberc stands for its variable") {
  const Env env{.variables = {{"KUBERC", "a"}, {"HOME", "h"}}};
  CHECK(with_kuberc({}, env).get("KUBERC") == "a");
  const Env changed = with_kuberc({.kuberc = "off"}, env);
  CHECK(changed.get("KUBERC") == "off");
  CHECK(changed.get("HOME") == "h");
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
