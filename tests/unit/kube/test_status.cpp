// SPDX-License-Identifier: MIT
#include "kube/api/status.hpp"

#include <doctest/doctest.h>

namespace kprofefe::kube {
namespace {

TEST_SUITE_BEGIN("kube::parse_status");

TEST_CASE("a Status gives reason, message and where to go on") {
  const auto status = parse_status(
      R"({"kind": "Status", "apiVersion": "v1",
          "metadata": {"continue": "abc"}, "status": "Failure",
          "message": "too old", "reason": "Expired", "code": 410,
          "details": {"name": "cart", "kind": "pods"}})");

  REQUIRE(status);
  CHECK(status->reason == "Expired");
  CHECK(status->message == "too old");
  CHECK(status->name == "cart");
  CHECK(status->continue_token == "abc");
}

TEST_CASE("fields of a Status may be missing or of another type") {
  for (const char* body :
       {R"({"kind": "Status"})",
        R"({"kind": "Status", "metadata": null, "message": 5})",
        R"({"kind": "Status", "metadata": [], "reason": {}})",
        R"({"kind": "Status", "metadata": {"continue": 1}})",
        R"({"kind": "Status", "details": "cart"})",
        R"({"kind": "Status", "details": {"name": null}})"}) {
    CAPTURE(body);
    const auto status = parse_status(body);
    REQUIRE(status);
    CHECK(status->message.empty());
    CHECK(status->reason.empty());
    CHECK(status->continue_token.empty());
    CHECK(status->name.empty());
  }
}

TEST_CASE("anything else is no Status") {
  for (const std::string& body :
       {std::string(), std::string("Not found"), std::string("[]"),
        std::string("null"), std::string("\"Status\""),
        std::string(R"({"kind": "Pod"})"), std::string(R"({"kind": 1})"),
        std::string(R"({"kind": "Status")"), std::string("<html></html>"),
        std::string(R"({"kind": "Status", "message": ")") +
            std::string(2'000'000, 'x') + "\"}"}) {
    CAPTURE(body.substr(0, 40));
    CHECK_FALSE(parse_status(body));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
