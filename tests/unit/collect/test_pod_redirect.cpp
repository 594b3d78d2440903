// SPDX-License-Identifier: MIT
#include "collect/pod_redirect.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>

namespace kprofefe::collect {
namespace {

const Target k_pod{.ns = "shop", .pod = "api", .ip = "10.0.0.7", .port = 6060};
constexpr std::string_view k_asked = "/debug/pprof/profile?seconds=5";

http::Response redirect(std::string location) {
  return {.status = 302, .headers = {{"location", std::move(location)}}};
}

std::string next_of(const std::string& location) {
  PodRedirects redirects(k_pod, k_asked);
  const Result<std::optional<std::string>> next =
      redirects.next(redirect(location));
  return next ? next->value_or("no redirect") : next.error().message;
}

TEST_SUITE_BEGIN("collect::pod_redirect");

TEST_CASE("a redirect within the pod is followed, with its query") {
  CHECK(next_of("/debug/pprof/profile/") == "/debug/pprof/profile/?seconds=5");
  CHECK(next_of("profile/") == "/debug/pprof/profile/?seconds=5");
  CHECK(next_of("http://10.0.0.7:6060/x?y=z") == "/x?y=z");
  PodRedirects redirects(k_pod, k_asked);
  CHECK(redirects.next({.status = 200}).value() == std::nullopt);
}

TEST_CASE("one elsewhere is not, and is named") {
  CHECK(next_of("http://169.254.169.254/latest") ==
        "the pod redirects to http://169.254.169.254/latest?seconds=5, a "
        "different server; not followed");
  CHECK(next_of("//10.0.0.8:6060/x?").contains("10.0.0.8"));
  CHECK(next_of("http://10.0.0.7:6061/x?a")
            .ends_with("a different server; not followed"));
}

TEST_CASE("one to the same host with TLS says what to set") {
  CHECK(next_of("https://10.0.0.7:6060/?a")
            .ends_with("; set the annotation profefe.com/scheme: https"));
  CHECK(next_of("https://10.0.0.7:8443/?a")
            .ends_with("; set the annotation profefe.com/scheme: https and "
                       "profefe.com/port: \"8443\""));
}

TEST_CASE("a path that is none of a pod's is not followed") {
  CHECK(next_of("/a%2f..%2fb?x").starts_with("the pod redirects to "));
  CHECK(next_of("/a/%2e%2e/b?x") != "/a/%2e%2e/b?x");
  // Resolved before it is asked for.
  CHECK(next_of("/a/../../b?x") == "/b?x");
}

TEST_CASE("what came through the API server's proxy is the pod's again") {
  const std::string root =
      "https://api:6443/k8s/a/api/v1/namespaces/shop/pods/api:6060/proxy";

  struct Row {
    const char* name;
    std::string location;
    std::string of_pod;
  };

  const Row rows[] = {
      {"as the API server writes it",
       "/k8s/a/api/v1/namespaces/shop/pods/api:6060/proxy/debug/heap/?a=b",
       "/debug/heap/?a=b"},
      {"without the path before it",
       "/api/v1/namespaces/shop/pods/api:6060/proxy/debug/heap/",
       "/debug/heap/"},
      {"with its origin", root + "/debug/heap/", "/debug/heap/"},
      {"the root", root, "/"},
      {"the pod's own", "/debug/heap/", "/debug/heap/"},
      {"relative", "heap/", "heap/"},
      {"a query", "?a=b", "?a=b"},
      {"another pod", "/api/v1/namespaces/shop/pods/other:6060/proxy/x",
       "/api/v1/namespaces/shop/pods/other:6060/proxy/x"},
      {"a longer name", root + "d/x", root + "d/x"},
      {"the API itself", "https://api:6443/api/v1/secrets",
       "https://api:6443/api/v1/secrets"},
      {"another server",
       "https://evil/api/v1/namespaces/shop/pods/api:6060/"
       "proxy/x",
       "https://evil/api/v1/namespaces/shop/pods/api:6060/proxy/x"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    http::Response response = redirect(row.location);
    unproxy_location(root, response);
    CHECK(response.headers.front().second == row.of_pod);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
