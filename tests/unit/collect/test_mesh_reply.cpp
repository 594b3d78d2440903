// SPDX-License-Identifier: MIT
#include "collect/mesh_reply.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::collect {
namespace {

std::optional<Error> explain(int status, std::string text,
                             http::Headers headers = {}) {
  http::Response response{.status = status, .headers = std::move(headers)};
  response.body.bytes = std::move(text);
  return explain_mesh_reply(response);
}

TEST_SUITE_BEGIN("collect::explain_mesh_reply");

TEST_CASE("a mesh's own reply is told with its status and words") {
  const auto envoy =
      explain(503,
              "upstream connect error or disconnect/reset before headers. "
              "reset reason: connection failure\n");
  REQUIRE(envoy);
  CHECK(envoy->kind == ErrorKind::network);
  CHECK(envoy->message ==
        "a service mesh returned 503 instead of the pod: upstream connect "
        "error or disconnect/reset before headers. reset reason: connection "
        "failure");

  const auto linkerd =
      explain(403, "", {{"L5d-Proxy-Error", "unauthorized request on route"}});
  REQUIRE(linkerd);
  CHECK(linkerd->message ==
        "a service mesh returned 403 instead of the pod: unauthorized request "
        "on route");

  CHECK(explain(502, "upstream connect error or disconnect/reset before"));
  CHECK(explain(503, "no healthy upstream"));
  CHECK(explain(403, "RBAC: access denied", {{"server", "istio-envoy"}}));
}

TEST_CASE("what a program may say itself is no mesh's reply") {
  CHECK_FALSE(explain(200, "no healthy upstream"));
  CHECK_FALSE(explain(500, "no healthy upstream", {{"server", "envoy"}}));
  CHECK_FALSE(explain(503, "busy: no healthy upstream"));
  CHECK_FALSE(explain(503, "", {{"server", "envoy"}}));
  CHECK_FALSE(explain(403, "RBAC: access denied"));
  CHECK_FALSE(explain(200, "profile", {{"l5d-proxy-error", "none"}}));
  // It has been reached, and takes its time.
  CHECK_FALSE(explain(504, "upstream request timeout", {{"server", "envoy"}}));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
