// SPDX-License-Identifier: MIT
#include "kube/names.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::kube {
namespace {

TEST_SUITE_BEGIN("kube::names");

TEST_CASE("names are held against RFC 1123") {
  struct Row {
    std::string name;
    bool label;
    bool subdomain;
  };

  const Row rows[] = {
      {"a", true, true},
      {"web-0", true, true},
      {"0", true, true},
      {"web.example", false, true},
      {"a.b-c.d0", false, true},
      {std::string(63, 'a'), true, true},
      {std::string(64, 'a'), false, true},
      {std::string(253, 'a'), false, true},
      {std::string(254, 'a'), false, false},
      {"", false, false},
      {"-a", false, false},
      {"a-", false, false},
      {"A", false, false},
      {"a_b", false, false},
      {"a/b", false, false},
      {"..", false, false},
      {".a", false, false},
      {"a.", false, false},
      {"a..b", false, false},
      {"a.-b", false, false},
      {"a b", false, false},
      {"a\n", false, false},
      {"a%2fb", false, false},
      {"ä", false, false},
      {std::string("a\0b", 3), false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(is_dns_label(row.name) == row.label);
    CHECK(is_dns_subdomain(row.name) == row.subdomain);
  }
}

TEST_CASE("a pod is named as kubectl prints it, and may have a port") {
  const auto plain = parse_pod_name("api-0");
  REQUIRE(plain);
  CHECK(plain->name == "api-0");
  CHECK(plain->port.empty());
  for (const char* text : {"pod/api-0:8080", "po/api-0:8080", "api-0:8080"}) {
    const auto pod = parse_pod_name(text);
    REQUIRE(pod);
    CHECK(pod->name == "api-0");
    CHECK(pod->port == "8080");
  }
  CHECK(parse_pod_name("api:http")->port == "http");
  for (const char* text :
       {"deploy/api", "api:", "API", ":80", "a b", "http://api:80"}) {
    CAPTURE(text);
    const auto wrong = parse_pod_name(text);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind == ErrorKind::usage);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
