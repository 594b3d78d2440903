// SPDX-License-Identifier: MIT
#include "kube/api_error.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

namespace kprofefe::kube {
namespace {

ClusterConfig make_cluster() {
  ClusterConfig cluster;
  cluster.server = *http::parse_url("https://host:6443/prefix");
  cluster.tls = std::make_shared<http::Tls>();
  cluster.source = "context \"x\" of /k";
  cluster.ca_source = "/k.crt";
  cluster.identity = "the token of user \"u\" in /k";
  return cluster;
}

http::Response answer(int status, std::string body,
                      http::Headers headers = {}) {
  http::Response response;
  response.status = status;
  response.headers = std::move(headers);
  response.body.bytes = std::move(body);
  return response;
}

std::string status_json(const std::string& message) {
  return R"({"kind": "Status", "status": "Failure", "message": ")" + message +
         "\"}";
}

TEST_SUITE_BEGIN("kube::api_error");

TEST_CASE("calls are named as kubectl's users say them") {
  CHECK(ApiCall{"list", "pods", "", ""}.text() ==
        "list pods in all namespaces");
  CHECK(ApiCall{"list", "pods", "web", ""}.text() ==
        "list pods in namespace \"web\"");
  CHECK(ApiCall{"get", "pods", "web", "a"}.text() ==
        "get pod \"a\" in namespace \"web\"");
  CHECK(ApiCall{"get", "pods/proxy", "web", "a"}.text() ==
        "get pods/proxy \"a\" in namespace \"web\"");
}

TEST_CASE("an answer that means failure says what to do") {
  const ApiCall list_all{"list", "pods", "", ""};
  const ApiCall list_web{"list", "pods", "web", ""};
  const ApiCall get{"get", "pods", "web", "a"};

  struct Row {
    const char* name;
    ApiCall call;
    http::Response response;
    ErrorKind kind;
    const char* message;
  };

  const Row rows[] = {
      {"401", list_web, answer(401, status_json("Unauthorized")),
       ErrorKind::denied,
       "list pods in namespace \"web\": https://host:6443 rejected the "
       "token of user \"u\" in /k (401: Unauthorized); has it expired?"},
      {"403 in a namespace", list_web,
       answer(403, status_json("pods is forbidden: User \\\"jane\\\" cannot "
                               "list resource \\\"pods\\\" in API group "
                               "\\\"\\\" in the namespace \\\"web\\\"")),
       ErrorKind::denied,
       "list pods in namespace \"web\": forbidden (403): pods is forbidden: "
       "User \"jane\" cannot list resource \"pods\" in API group \"\" in the "
       "namespace \"web\"; grant the verb \"list\" on \"pods\" in "
       "a Role in namespace \"web\" or a ClusterRole"},
      {"403 everywhere", list_all, answer(403, status_json("no")),
       ErrorKind::denied,
       "list pods in all namespaces: forbidden (403): no; grant "
       "the verb \"list\" on \"pods\" in a ClusterRole (for all namespaces)"},
      {"403 of a proxy", list_web, answer(403, "Access denied\nby policy"),
       ErrorKind::denied,
       "list pods in namespace \"web\": forbidden (403): Access denied by "
       "policy; not a Kubernetes API response: is a proxy in front of "
       "https://host:6443?"},
      {"404 of a pod", get,
       answer(404, status_json("pods \\\"a\\\" not "
                               "found")),
       ErrorKind::not_found, R"(pod "a" not found in namespace "web")"},
      {"404 of another server", get, answer(404, "404 page not found\n"),
       ErrorKind::http_status,
       "get pod \"a\" in namespace \"web\": https://host:6443/prefix returned "
       "404 (404 page not found); is this the URL of an API server?"},
      {"400", list_web, answer(400, status_json("unable to parse requirement")),
       ErrorKind::http_status,
       "list pods in namespace \"web\": https://host:6443 returned 400: unable "
       "to parse requirement"},
      {"500 without a body", list_web, answer(500, ""), ErrorKind::http_status,
       "list pods in namespace \"web\": https://host:6443 returned 500: "
       "no reason given"},
      {"302", list_web,
       answer(302, "<a href>", {{"Location", "https://login.example/?x"}}),
       ErrorKind::http_status,
       "list pods in namespace \"web\": https://host:6443 returned 302 with a "
       "redirect to https://login.example/?x, which is not followed; is a "
       "login page in front of the API server, or is its URL wrong?"},
      {"html", list_web,
       answer(200, "\n<!doctype html><head><title>Sign in\n</title>"),
       ErrorKind::malformed,
       "list pods in namespace \"web\": https://host:6443 returned 200 with "
       "HTML instead of JSON (\"Sign in\"); is a proxy or login page in front "
       "of the API server?"},
      {"html by its type", list_web,
       answer(503, "Sorry", {{"Content-Type", "text/html; charset=utf-8"}}),
       ErrorKind::malformed,
       "list pods in namespace \"web\": https://host:6443 returned 503 with "
       "HTML instead of JSON (\"Sorry\"); is a proxy or login page in front of "
       "the API server?"},
      {"403 of a gateway", list_web,
       answer(403,
              "{\n  \"error\": {\n    \"code\": 403,\n    \"message\": "
              "\"Permission get denied\"\n  }\n}\n"),
       ErrorKind::denied,
       "list pods in namespace \"web\": forbidden (403): Permission get "
       "denied; not a Kubernetes API response: is a proxy in front of "
       "https://host:6443?"},
      {"a loop of redirects", list_web,
       answer(302, "", {{"Location", "/again"}}), ErrorKind::http_status,
       "list pods in namespace \"web\": https://host:6443 returned 302: too "
       "many redirects, last to /again"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Error error =
        explain_response(row.call, make_cluster(), row.response);
    CHECK(error.kind == row.kind);
    CHECK(error.message == row.message);
  }
}

TEST_CASE("a server URL of the wrong scheme is told which to write") {
  const ApiCall call{"list", "pods", "", ""};
  ClusterConfig cluster = make_cluster();
  CHECK(explain_failure(call, cluster,
                        {ErrorKind::unreachable,
                         "TLS: the response is not TLS (wrong version number)"})
            .message ==
        "connect to https://host:6443: TLS: the response is not TLS (wrong "
        "version number); the server speaks plain HTTP: use http:// in the "
        "URL (context \"x\" of /k)");

  cluster.server = *http::parse_url("http://host:6443");
  for (const char* body :
       {"Client sent an HTTP request to an HTTPS server.\n",
        "<html><head><title>400 The plain HTTP request was sent to HTTPS "
        "port</title></head></html>"}) {
    CAPTURE(body);
    const Error error = explain_response(call, cluster, answer(400, body));
    CHECK(error.kind == ErrorKind::http_status);
    CHECK(error.message.ends_with(
        "; the server speaks TLS: use https:// in the URL (context \"x\" of "
        "/k)"));
  }
}

TEST_CASE("401 without credentials says that there are none") {
  ClusterConfig cluster = make_cluster();
  cluster.identity.clear();

  const Error error = explain_response({"list", "pods", "", ""}, cluster,
                                       answer(401, status_json("x")));

  CHECK(error.kind == ErrorKind::denied);
  CHECK(error.message ==
        "list pods in all namespaces: https://host:6443 requires credentials "
        "(401), but context \"x\" of /k has none");
}

TEST_CASE("401 to credentials that are not sent without TLS says that") {
  ClusterConfig cluster = make_cluster();
  cluster.identity.clear();
  cluster.withholds_identity = true;

  CHECK(explain_response({"list", "pods", "", ""}, cluster, answer(401, ""))
            .message.ends_with("requires credentials (401), but those of "
                               "context \"x\" of /k are sent only over TLS; "
                               "should the server be https://?"));
}

TEST_CASE("a client certificate that is refused or missing is named") {
  const ApiCall call{"list", "pods", "", ""};
  ClusterConfig cluster = make_cluster();
  const Error refused{ErrorKind::unreachable, "refused (unknown ca)",
                      ErrorDetail::certificate_refused};
  const Error wanted{ErrorKind::unreachable, "requires a client certificate",
                     ErrorDetail::certificate_wanted};
  CHECK(
      explain_failure(call, cluster, wanted)
          .message.ends_with("requires a client certificate; context \"x\" of "
                             "/k has none (context \"x\" of /k)"));

  cluster.tls = std::make_shared<http::Tls>(http::Tls{.client_cert_pem = "x"});
  cluster.certificate = "the client certificate of user \"u\" in /k";
  CHECK(explain_failure(call, cluster, refused)
            .message.find("(unknown ca); it was sent the client certificate "
                          "of user \"u\" in /k") != std::string::npos);
  CHECK(explain_failure(call, cluster,
                        {ErrorKind::network, "cut off", ErrorDetail::reset})
            .message.ends_with("; does the server accept the client "
                               "certificate of user \"u\" in /k?"));
}

TEST_CASE("403 without credentials says so too") {
  ClusterConfig cluster = make_cluster();
  cluster.identity.clear();

  const Error error = explain_response({"list", "pods", "", ""}, cluster,
                                       answer(403, status_json("x")));

  CHECK(error.message.ends_with(", or configure credentials: there are none"));
}

TEST_CASE("no answer names the server, and what was trusted") {
  const ApiCall call{"list", "pods", "", ""};
  ClusterConfig cluster = make_cluster();

  const Error refused = explain_failure(
      call, cluster, {ErrorKind::unreachable, "connection refused"});
  CHECK(refused.kind == ErrorKind::unreachable);
  CHECK(refused.message ==
        "connect to https://host:6443: connection refused (context \"x\" of "
        "/k)");

  const Error late = explain_failure(
      call, cluster,
      {ErrorKind::timeout, "timed out after 30s without a complete response"});
  CHECK(late.kind == ErrorKind::timeout);
  CHECK(late.message ==
        "list pods in all namespaces from https://host:6443: timed out "
        "after 30s without a complete response");

  const Error tls{ErrorKind::untrusted,
                  "TLS: certificate verification failed (self-signed)"};
  CHECK(explain_failure(call, cluster, tls).message ==
        "connect to https://host:6443: TLS: certificate verification failed "
        "(self-signed); checked against /k.crt (context \"x\" of /k)");
  cluster.tls = std::make_shared<http::Tls>(http::Tls{.server_name = "kube"});
  CHECK(explain_failure(call, cluster, tls)
            .message.find("; checked against /k.crt for the name \"kube\" "
                          "(tls-server-name)") != std::string::npos);

  const Error material = explain_failure(
      call, cluster,
      {ErrorKind::config, "TLS: unable to set private key", ErrorDetail::tls});
  CHECK(material.kind == ErrorKind::config);
  CHECK(material.message.ends_with(
      "TLS: unable to set private key; check /k.crt"));
  cluster.certificate = "the client certificate of user \"u\" in /k";
  cluster.tls = std::make_shared<http::Tls>(http::Tls{.client_cert_pem = "x"});
  CHECK(explain_failure(call, cluster,
                        {ErrorKind::config, "TLS: unable to set private key",
                         ErrorDetail::tls})
            .message.ends_with("; check /k.crt and the client certificate of "
                               "user \"u\" in /k"));

  CHECK(explain_failure(call, cluster, {ErrorKind::cancelled, "interrupted"})
            .kind == ErrorKind::cancelled);
}

TEST_CASE("only the API server's own refusals of a pod's proxy are refusals") {
  const ApiCall call{"get", "pods/proxy", "web", "a"};
  const ClusterConfig cluster = make_cluster();

  const auto forbidden = explain_proxy_refusal(
      call, cluster,
      answer(403, status_json("pods is forbidden: User x cannot get resource "
                              "\\\"pods/proxy\\\"")));
  REQUIRE(forbidden);
  CHECK(forbidden->kind == ErrorKind::denied);
  CHECK(forbidden->message.ends_with(
      "grant the verb \"get\" on \"pods/proxy\" in a Role in "
      "namespace \"web\" or a ClusterRole"));

  const auto unreachable = explain_proxy_refusal(
      call, cluster,
      answer(503, status_json("error trying to reach service: dial tcp "
                              "10.0.0.1:6060: connect: connection refused")));
  REQUIRE(unreachable);
  CHECK(unreachable->kind == ErrorKind::unreachable);
  CHECK(unreachable->message ==
        "https://host:6443 cannot reach the pod: error trying to reach "
        "service: dial tcp 10.0.0.1:6060: connect: connection refused");

  const auto gone = explain_proxy_refusal(
      call, cluster, answer(404, status_json(R"(pods \"a\" not found)")));
  REQUIRE(gone);
  CHECK(gone->kind == ErrorKind::not_found);

  const auto busy = explain_proxy_refusal(
      call, cluster,
      answer(429, "Too many requests, please try again later.\n"));
  REQUIRE(busy);
  CHECK(busy->message.find("https://host:6443 returned 429: Too many") !=
        std::string::npos);
  CHECK_FALSE(explain_proxy_refusal(call, cluster, answer(429, "slow down")));

  // A pod that is an API server and forbids its own /debug/pprof.
  CHECK_FALSE(explain_proxy_refusal(
      call, cluster,
      answer(403, status_json("forbidden: User cannot get path "
                              "\\\"/debug/pprof/heap\\\""))));
  CHECK_FALSE(
      explain_proxy_refusal(call, cluster, answer(404, "Unknown profile\n")));
  CHECK_FALSE(explain_proxy_refusal(call, cluster, answer(500, "oops")));
}

TEST_CASE("a proxy that was on the way is named without its password") {
  ClusterConfig through = make_cluster();
  through.proxy = "http://me:s3cret@proxy:3128";

  const Error error =
      explain_failure({"list", "pods", "", ""}, through,
                      {ErrorKind::unreachable, "connection refused"});

  CHECK(error.message.find("connection refused through the proxy "
                           "http://proxy:3128") != std::string::npos);

  const Error named = explain_failure({"list", "pods", "", ""}, through,
                                      {.kind = ErrorKind::unreachable,
                                       .message = "proxy proxy:3128: refused",
                                       .is_at_proxy = true});
  CHECK_FALSE(named.message.contains("through the proxy"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
