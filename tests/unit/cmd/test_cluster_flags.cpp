// SPDX-License-Identifier: MIT
#include "cmd/cluster_flags.hpp"
#include "parse.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

using namespace std::chrono_literals;

kube::ClusterRequest request_of(std::vector<std::string> words) {
  CLI::App app;
  app.option_defaults()->take_last();  // as run() has it
  kube::ClusterRequest request;
  add_cluster_flags(app, request);
  parse(app, std::move(words));
  return request;
}

TEST_SUITE_BEGIN("cmd::cluster_flags");

TEST_CASE("groups and extras may be repeated, each with one value") {
  const kube::ClusterRequest request =
      request_of({"--as", "joe", "--as-group=a", "--as-group", "b",
                  "--as-user-extra=k=v", "--as-user-extra", "k=w=x"});

  const kube::Impersonation& as = request.choice.user.impersonate;
  CHECK(as.user == "joe");
  CHECK(as.groups == std::vector<std::string>{"a", "b"});
  CHECK(as.extra.at("k") == std::vector<std::string>{"v", "w=x"});
}

TEST_CASE("an extra without a key is refused") {
  for (const char* text : {"--as-user-extra=k", "--as-user-extra==v"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(request_of({text}), CLI::ValidationError);
  }
}

TEST_CASE("flags of kubectl are taken as kubectl spells them") {
  const kube::ClusterRequest flags =
      request_of({"--insecure-skip-tls-verify=true", "-s", "https://h",
                  "--cache-dir=/x", "--disable-compression", "--cluster=c",
                  "--user=u", "--token=t", "--kuberc=off"});

  CHECK(flags.choice.cluster.insecure);
  CHECK(flags.choice.cluster.server == "https://h");
  CHECK(flags.choice.cluster_name == "c");
  CHECK(flags.choice.user_name == "u");
  CHECK(flags.choice.user.token == "t");
  CHECK(flags.kuberc == "off");
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
                           "--vmodule=a=1,b=2",
                           "--warnings-as-errors",
                           "--warnings-as-errors=true"}) {
    CAPTURE(word);
    CHECK_NOTHROW(request_of({word}));
  }
  CHECK_NOTHROW(request_of({"--log-flush-frequency", "10s"}));
}

TEST_CASE("kubectl's --profile is not taken for ours") {
  CLI::App app;
  kube::ClusterRequest request;
  add_cluster_flags(app, request);
  CHECK(refusal(app, {"--profile=heap"}) ==
        "--profile: a flag of kubectl itself; use --profile-type heap");
}

TEST_CASE("-v is a level from 0 to 10, in kubectl's spellings") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"-v6"},
                                                {"-v", "6"},
                                                {"--v=6"},
                                                {"--v", "6"}}) {
    CLI::App app;
    int verbosity = 0;
    add_verbosity_flag(app, verbosity);
    parse(app, words);
    CHECK(verbosity == 6);
  }
  CLI::App app;
  int verbosity = 0;
  add_verbosity_flag(app, verbosity);
  CHECK(refusal(app, {"--v=11"}) == "--v: invalid number \"11\": use 0 to 10");
  CHECK(!refusal(app, {"-v"}).empty());
}

TEST_CASE("of a flag that is given twice the last holds, as with kubectl") {
  const kube::ClusterRequest flags =
      request_of({"--request-timeout=9s", "--request-timeout", "8s",
                  "--context", "a", "--context=b", "--insecure-skip-tls-verify",
                  "--insecure-skip-tls-verify=false"});

  CHECK(flags.choice.context == "b");
  CHECK(flags.timeout == 8s);
  CHECK_FALSE(flags.choice.cluster.insecure);
}

TEST_CASE("a request timeout is a duration, seconds, or 0 for none") {
  CHECK(request_of({}).timeout == 2min);
  CHECK(kube::parse_request_timeout("45s") == Milliseconds(45s));
  CHECK(kube::parse_request_timeout("5") == Milliseconds(5s));
  CHECK(*kube::parse_request_timeout("0") > 24h);
  for (const char* text : {"", "-1s", "soon"}) {
    CAPTURE(text);
    CHECK_FALSE(kube::parse_request_timeout(text));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
