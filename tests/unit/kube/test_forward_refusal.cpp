// SPDX-License-Identifier: MIT
#include "kube/forward/forward_refusal.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

namespace kprofefe::kube {
namespace {

using Reach = ForwardRefusal::Reach;

ClusterConfig make_cluster() {
  ClusterConfig cluster;
  cluster.server = *http::parse_url("https://host:6443/prefix");
  cluster.tls = std::make_shared<http::Tls>();
  cluster.credentials = fixed_credentials("");
  cluster.source = "context \"x\"";
  cluster.identity = "the token of user \"u\"";
  return cluster;
}

ForwardRefusal explain(int status, std::string body) {
  http::Response response{.status = status};
  response.body.bytes = std::move(body);
  return explain_forward_refusal({.ns = "shop", .pod = "cart", .port = 6060},
                                 make_cluster(), response);
}

std::string status_json(std::string_view message) {
  return R"({"kind":"Status","message":")" + std::string(message) + "\"}";
}

std::string rbac(std::string_view verb) {
  return status_json(
      "pods \\\"cart\\\" is forbidden: User \\\"jane\\\" cannot " +
      std::string(verb) +
      " resource \\\"pods/portforward\\\" in API group \\\"\\\" in "
      "the namespace \\\"shop\\\"");
}

TEST_SUITE_BEGIN("kube::explain_forward_refusal");

TEST_CASE("each refusal has its words and its reach") {
  struct Row {
    const char* name;
    int status;
    std::string body;
    ErrorKind kind;
    Reach reach;
    const char* words;
  };

  const Row rows[] = {
      {"no get", 403, rbac("get"), ErrorKind::denied, Reach::this_namespace,
       R"(forbidden (403): "jane" needs the verb "get" on "pods/portforward" in namespace "shop")"},
      {"no create", 403, rbac("create"), ErrorKind::denied,
       Reach::this_namespace, R"(needs the verb "create")"},
      {"403 of a proxy", 403, "Access denied", ErrorKind::denied,
       Reach::this_namespace, "not a Kubernetes API response"},
      {"401", 401, status_json("Unauthorized"), ErrorKind::denied,
       Reach::every_pod, "rejected the token of user \"u\""},
      {"404", 404, status_json("pods \\\"cart\\\" not found"),
       ErrorKind::not_found, Reach::this_pod,
       R"(pod "cart" not found in namespace "shop")"},
      {"404 of the node", 404,
       R"({"kind":"Status","message":"pods \"node-1\" not found",
           "details":{"name":"node-1","kind":"pods"}})",
       ErrorKind::unreachable, Reach::this_pod,
       R"(https://host:6443 has no node "node-1", which the pod is assigned to)"},
      {"404 of the pod by name", 404,
       R"({"kind":"Status","message":"pods \"cart\" not found",
           "details":{"name":"cart","kind":"pods"}})",
       ErrorKind::not_found, Reach::this_pod, R"(pod "cart" not found)"},
      {"500", 500, status_json("dial kubelet: no route to host"),
       ErrorKind::http_status, Reach::this_pod, "no route to host"},
      {"upgrade lost", 400,
       status_json("unable to upgrade: Upgrade request required"),
       ErrorKind::http_status, Reach::every_pod, "does not forward upgrades"},
      {"426 of a proxy", 426, "", ErrorKind::http_status, Reach::every_pod,
       "https://host:6443 returned 426 instead of opening a WebSocket"},
      {"too much to do", 429, "Too many requests, please try again later.\n",
       ErrorKind::http_status, Reach::this_pod,
       "https://host:6443 returned 429: Too many requests"},
      {"a gateway without its server", 503, "no healthy upstream",
       ErrorKind::http_status, Reach::this_pod, "returned 503: no healthy"},
      {"404 of something else", 404, "404 page not found",
       ErrorKind::http_status, Reach::every_pod,
       "opening a WebSocket: 404 page not found; does a proxy in front of it "
       "forward"},
      {"400 of a node's kubelet", 400, "query parameter \"port\" is required\n",
       ErrorKind::http_status, Reach::this_pod,
       "returned 400 instead of opening a WebSocket: query parameter "
       "\"port\" is required; does a proxy in front of it forward upgrades?"},
      {"400 without a word", 400, "", ErrorKind::http_status, Reach::every_pod,
       "returned 400 instead of opening a WebSocket; a proxy in front of it"},
      {"a page", 200, "<html>", ErrorKind::http_status, Reach::every_pod,
       "returned 200 instead of opening a WebSocket; a proxy in front of it"},
      {"a page with a title", 400, "<html><title>Bad Request</title></html>",
       ErrorKind::http_status, Reach::every_pod,
       "returned 400 with a page (\"Bad Request\") instead of opening a "
       "WebSocket"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const ForwardRefusal refusal = explain(row.status, row.body);
    CAPTURE(refusal.error.message);
    CHECK(refusal.error.kind == row.kind);
    CHECK(refusal.reach == row.reach);
    CHECK(refusal.error.message.find(row.words) != std::string::npos);
  }
}

TEST_CASE("a redirect says where to") {
  http::Response response{.status = 302,
                          .headers = {{"Location", "https://login/?x"}}};
  const ForwardRefusal refusal = explain_forward_refusal(
      {.ns = "shop", .pod = "cart"}, make_cluster(), response);
  CHECK(refusal.reach == Reach::every_pod);
  CHECK(refusal.error.message ==
        "https://host:6443 returned 302 with a redirect to https://login/?x "
        "instead of opening a WebSocket; a proxy in front of it does not "
        "forward upgrades");
}

TEST_SUITE_END();

TEST_SUITE_BEGIN("kube::explain_close");

TEST_CASE("a close frame that is no ordinary end is told") {
  CHECK_FALSE(explain_close({}));
  CHECK_FALSE(explain_close({.code = 1000}));
  const auto told =
      explain_close({.code = 1011, .reason = "lost connection to pod"});
  REQUIRE(told);
  CHECK(told->kind == ErrorKind::network);
  CHECK(told->message ==
        R"(port-forward closed: "lost connection to pod" (1011, )"
        "internal error)");
}

TEST_SUITE_END();

TEST_SUITE_BEGIN("kube::explain_error_channel");

TEST_CASE(
    "a refused port is named, other words are kept, the end of long ones") {
  const Error refused = explain_error_channel(
      "an error occurred forwarding 6060: dial tcp4 127.0.0.1:6060: connect: "
      "connection refused",
      6060);
  CHECK(refused.kind == ErrorKind::unreachable);
  CHECK(refused.message ==
        "connection refused: nothing listens on port 6060 of the pod's "
        "127.0.0.1");

  CHECK(explain_error_channel("no such sandbox\n", 6060).message ==
        "the pod's node cannot forward to port 6060: no such sandbox");
  const Error cut = explain_error_channel(std::string(500, 'x') + " why", 6060);
  CHECK(cut.message.ends_with("x why"));
  CHECK(cut.message.find(": ...x") != std::string::npos);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
