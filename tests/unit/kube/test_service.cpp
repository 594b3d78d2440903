// SPDX-License-Identifier: MIT
#include "kube/service.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::kube {
namespace {

constexpr const char* k_service = R"({
  "kind": "Service",
  "metadata": {"name": "profefe", "namespace": "monitoring"},
  "spec": {
    "selector": {"app": "profefe", "tier": "db"},
    "ports": [
      {"name": "http", "port": 80, "targetPort": "web"},
      {"name": "pprof", "port": 6060, "targetPort": 6061},
      {"port": 10100}
    ]
  }
})";

Pod pod_with_port(std::string name, std::uint16_t number) {
  Pod pod;
  pod.ports = {{.name = std::move(name), .number = number}};
  return pod;
}

TEST_SUITE_BEGIN("kube::Service");

TEST_CASE("is read from what the API server sends") {
  const Result<Service> service = parse_service(k_service);
  REQUIRE(service);
  CHECK(service->name == "profefe");
  CHECK(service->ns == "monitoring");
  CHECK(service->label_selector() == "app=profefe,tier=db");
  REQUIRE(service->ports.size() == 3);
  CHECK(service->ports[0].target == "web");
  CHECK(service->ports[1].target == "6061");
  CHECK(service->ports[2].target == "10100");
}

TEST_CASE("what is no Service is refused") {
  for (const char* text :
       {"", "[]", "{}", "nonsense", R"({"kind":"Pod"})",
        R"({"kind":"Service"})", R"({"kind":"Service","metadata":7})"}) {
    CAPTURE(text);
    const Result<Service> service = parse_service(text);
    REQUIRE_FALSE(service);
    CHECK(service.error().kind == ErrorKind::malformed);
  }
}

TEST_CASE("a malformed port is left out, as is a label that is no text") {
  const Result<Service> service = parse_service(R"({
    "kind": "Service", "metadata": {},
    "spec": {"selector": {"a": 1, "b": "2"},
             "ports": [7, {"port": 0}, {"port": "x"}, {"port": 80}]}})");
  REQUIRE(service);
  CHECK(service->label_selector() == "b=2");
  REQUIRE(service->ports.size() == 1);
  CHECK(service->ports[0].number == 80);
}

TEST_CASE("its port is found by number and by name") {
  const Service service = parse_service(k_service).value();
  CHECK(find_port(service, "http").value().number == 80);
  CHECK(find_port(service, "6060").value().target == "6061");
  const Result<ServicePort> none = find_port(service, "8080");
  REQUIRE_FALSE(none);
  CHECK(none.error().message ==
        "service profefe in namespace monitoring has no port \"8080\": use "
        "svc/profefe.monitoring:PORT with one of: 80 (http), 6060 (pprof), "
        "10100");
}

TEST_CASE("its only port needs no name, several do") {
  Service service = parse_service(k_service).value();
  const Result<ServicePort> any = find_port(service, "");
  REQUIRE_FALSE(any);
  CHECK(any.error().message.find("has several ports") != std::string::npos);
  service.ports.resize(1);
  CHECK(find_port(service, "").value().name == "http");
  service.ports.clear();
  CHECK(find_port(service, "").error().message.find("has no ports") !=
        std::string::npos);
}

TEST_CASE("the port of a pod is the target's number, or of that name") {
  const Pod pod = pod_with_port("web", 8080);
  CHECK(port_of_pod({.number = 80, .target = "web"}, pod) == 8080);
  CHECK(port_of_pod({.number = 80, .target = "81"}, pod) == 81);
  CHECK_FALSE(port_of_pod({.number = 80, .target = "other"}, pod));
}

}  // namespace
}  // namespace kprofefe::kube
