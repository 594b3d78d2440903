// SPDX-License-Identifier: MIT
#include "pods.hpp"

#include "collect/target.hpp"

#include <doctest/doctest.h>

namespace kprofefe::collect {
namespace {

using kube::Pod;
using test::enabled_pod;

TEST_SUITE_BEGIN("collect::target_of");

TEST_CASE("an enabled pod has kube-profefe's defaults") {
  const auto target = target_of(enabled_pod("api"), {});

  REQUIRE(target);
  CHECK(target->ns == "shop");
  CHECK(target->pod == "api");
  CHECK(target->service == "api");
  CHECK_FALSE(target->service_named);
  CHECK(target->ip == "10.1.2.3");
  CHECK(target->port == 6060);
  CHECK(target->path == "/debug/pprof");
}

TEST_CASE("all addresses are kept, the primary one first") {
  Pod pod = enabled_pod("api");
  pod.ips = {"fd00::1", "10.1.2.3"};

  const auto target = target_of(pod, {});

  REQUIRE(target);
  CHECK(target->ip == "fd00::1");
  CHECK(target->other_ips == std::vector<std::string>{"10.1.2.3"});
  CHECK(target_of(enabled_pod("api"), {})->other_ips.empty());
}

TEST_CASE("annotations say port, path and service") {
  Pod pod = enabled_pod("api-7d9f");
  pod.annotations["profefe.com/port"] = " 8080 ";
  pod.annotations["profefe.com/path"] = "/internal/pprof/";
  pod.annotations["profefe.com/service"] = "api";

  const auto target = target_of(pod, {});

  REQUIRE(target);
  CHECK(target->port == 8080);
  CHECK(target->path == "/internal/pprof");
  CHECK(target->service == "api");
  CHECK(target->service_named);
}

TEST_CASE("the scheme is http unless it is https") {
  Pod pod = enabled_pod("api");
  CHECK(target_of(pod, {})->scheme == Scheme::http);
  pod.annotations["profefe.com/scheme"] = "https";
  CHECK(target_of(pod, {})->scheme == Scheme::https);
  for (const char* wrong : {"HTTPS", "grpc", ""}) {
    pod.annotations["profefe.com/scheme"] = wrong;
    const auto target = target_of(pod, {});
    REQUIRE(!target);
    CHECK(target.error().why == WhyNot::misconfigured);
    CHECK(target.error().reason.find("\": use one of http, https") !=
          std::string::npos);
  }
}

TEST_CASE("a port may be named, and need not be declared when it is a number") {
  Pod pod = enabled_pod("api");
  pod.ports = {{.name = "http", .number = 80},
               {.name = "pprof", .number = 6061}};
  pod.annotations["profefe.com/port"] = "pprof";

  const auto target = target_of(pod, {});

  REQUIRE(target);
  CHECK(target->port == 6061);
}

struct Refusal {
  const char* name;
  void (*spoil)(Pod&);
  WhyNot why;
  const char* words;
};

TEST_CASE("a pod that is no target has a reason") {
  const Refusal rows[] = {
      {"no annotation", [](Pod& p) { p.annotations.clear(); },
       WhyNot::not_wanted, "not annotated"},
      {"True with a capital",
       [](Pod& p) { p.annotations["profefe.com/enable"] = "True"; },
       WhyNot::not_wanted, "invalid profefe.com/enable \"True\": use \"true\""},
      {"true with a blank",
       [](Pod& p) { p.annotations["profefe.com/enable"] = " true"; },
       WhyNot::not_wanted,
       "invalid profefe.com/enable \" true\": use \"true\""},
      {"switched off",
       [](Pod& p) { p.annotations["profefe.com/enable"] = "false"; },
       WhyNot::not_wanted, "is \"false\""},
      {"misspelt key",
       [](Pod& p) {
         p.annotations.clear();
         p.annotations["profefe.com/enabled"] = "true";
       },
       WhyNot::not_wanted,
       "unknown annotation profefe.com/enabled; did you mean "
       "profefe.com/enable?"},
      {"pending", [](Pod& p) { p.phase = "Pending"; }, WhyNot::not_ready,
       "not running (Pending)"},
      {"terminating", [](Pod& p) { p.terminating = true; }, WhyNot::not_ready,
       "terminating"},
      {"no address", [](Pod& p) { p.ips.clear(); }, WhyNot::not_ready,
       "no pod IP"},
      {"port too large",
       [](Pod& p) { p.annotations["profefe.com/port"] = "99999"; },
       WhyNot::misconfigured,
       "invalid profefe.com/port \"99999\": use 1 to 65535"},
      {"port zero", [](Pod& p) { p.annotations["profefe.com/port"] = "0"; },
       WhyNot::misconfigured, "invalid profefe.com/port \"0\": use 1 to 65535"},
      {"port empty", [](Pod& p) { p.annotations["profefe.com/port"] = ""; },
       WhyNot::misconfigured, "no container port has that name"},
      {"port with no such name",
       [](Pod& p) {
         p.ports = {{.name = "grpc", .number = 9}, {.name = "", .number = 10}};
         p.annotations["profefe.com/port"] = "http";
       },
       WhyNot::misconfigured,
       "\"http\": no container port has that name "
       "(named ports: grpc)"},
      {"path without a slash",
       [](Pod& p) { p.annotations["profefe.com/path"] = "debug/pprof"; },
       WhyNot::misconfigured, "the path must start with /"},
      {"path with a query",
       [](Pod& p) { p.annotations["profefe.com/path"] = "/pprof?x=1"; },
       WhyNot::misconfigured, "without ?"},
      {"path out of the pod",
       [](Pod& p) {
         p.annotations["profefe.com/path"] = "/../../../../secrets";
       },
       WhyNot::misconfigured,
       "profefe.com/path: invalid path \"/../../../../secrets\": the path must "
       "not "
       "contain . or .. segments"},
      {"path out of the pod, encoded",
       [](Pod& p) { p.annotations["profefe.com/path"] = "/%2e%2e/x"; },
       WhyNot::misconfigured, "must not contain . or .. segments"},
      {"path with bytes that are no ASCII",
       [](Pod& p) { p.annotations["profefe.com/path"] = "/caf\xc3\xa9"; },
       WhyNot::misconfigured, "ASCII"},
      {"port of another protocol",
       [](Pod& p) {
         p.ports = {{.name = "dns", .number = 53, .protocol = "UDP"}};
         p.annotations["profefe.com/port"] = "dns";
       },
       WhyNot::misconfigured, "\"dns\": that port uses UDP"},
      {"path with a line end",
       [](Pod& p) { p.annotations["profefe.com/path"] = "/a\r\nHost: b"; },
       WhyNot::misconfigured, "the path must start with /"},
      {"empty service",
       [](Pod& p) { p.annotations["profefe.com/service"] = " "; },
       WhyNot::misconfigured, "invalid profefe.com/service: must not be empty"},
  };
  for (const Refusal& row : rows) {
    CAPTURE(row.name);
    Pod pod = enabled_pod("api");
    row.spoil(pod);

    const auto target = target_of(pod, {});

    REQUIRE_FALSE(target);
    CHECK(target.error().why == row.why);
    CHECK(target.error().pod == "api");
    CHECK(target.error().ns == "shop");
    CAPTURE(target.error().reason);
    CHECK(target.error().reason.find(row.words) != std::string::npos);
  }
}

TEST_CASE("a named pod needs no annotation, but must run") {
  Pod pod = enabled_pod("api");
  pod.annotations.clear();

  const TargetRules rules{.named = true, .needs_annotation = false};
  const auto target = target_of(pod, rules);
  REQUIRE(target);
  CHECK_FALSE(target->enabled);
  CHECK_FALSE(target_of(pod, {.named = true}));
  pod.phase = "Succeeded";
  CHECK_FALSE(target_of(pod, rules));
}

TEST_CASE("what the user says of the endpoint wins over annotations") {
  Pod pod = enabled_pod("api");
  pod.annotations["profefe.com/port"] = "99999";
  pod.annotations["profefe.com/path"] = "/x/../y";
  pod.annotations["profefe.com/scheme"] = "gopher";
  pod.ports = {{.name = "debug", .number = 8081, .protocol = "TCP"}};
  CHECK_FALSE(target_of(pod, {}));

  const auto target = target_of(
      pod, {.endpoint = {
                .port = "debug", .path = "/pprof", .scheme = Scheme::https}});

  REQUIRE(target);
  CHECK(target->port == 8081);
  CHECK(target->path == "/pprof");
  CHECK(target->scheme == Scheme::https);
  const auto wrong = target_of(pod, {.endpoint = {.port = "nope"}});
  REQUIRE_FALSE(wrong);
}

TEST_CASE("who named a pod is known where it is no target") {
  Pod pod = enabled_pod("api");
  pod.phase = "Pending";
  CHECK(target_of(pod, {.named = true}).error().named);
  CHECK_FALSE(target_of(pod, {}).error().named);
}

TEST_CASE("a target carries the hint that one annotation is misspelt") {
  Pod pod = enabled_pod("api");
  CHECK(target_of(pod, {})->hints.empty());
  pod.annotations["profefe.com/prot"] = "8080";
  CHECK(target_of(pod, {})->hints.size() == 1);
}

TEST_CASE("a route that needs no address takes a pod without one") {
  Pod pod = enabled_pod("api");
  pod.ips.clear();

  CHECK(target_of(pod, {.needs_ip = false}));
}

TEST_CASE("a malformed pod that asks for it is misconfigured") {
  kube::Pod pod = enabled_pod("a");
  pod.defect = "malformed pod: invalid pod IP \"x\"";

  const auto target = target_of(pod, {});

  REQUIRE_FALSE(target);
  CHECK(target.error().why == WhyNot::misconfigured);
  CHECK(target.error().reason == pod.defect);

  pod.annotations.clear();
  CHECK(target_of(pod, {}).error().why == WhyNot::not_wanted);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
