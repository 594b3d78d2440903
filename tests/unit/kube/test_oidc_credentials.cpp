// SPDX-License-Identifier: MIT
#include "base/base64.hpp"
#include "base/moment.hpp"
#include "kube/auth/oidc_credentials.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::kube {
namespace {

/// A JWT as far as anyone looks at it here.
std::string jwt(const std::string& claims) {
  std::string payload = encode_base64(claims);
  payload.erase(payload.find_last_not_of('=') + 1);
  return "e30." + payload + ".sig";
}

TEST_SUITE_BEGIN("kube::OidcCredentials");

TEST_CASE("a token expires when its claim exp says so") {
  struct Row {
    const char* claims;
    std::int64_t seconds;
  };

  constexpr std::int64_t k_last = 9'214'646'400;
  for (const Row& row :
       {Row{R"({"exp":4102444800})", 4'102'444'800},
        Row{R"({"exp":4102444800.9})", 4'102'444'800},
        Row{R"({"exp":"4102444800"})", 4'102'444'800}, Row{R"({"exp":-1})", -1},
        Row{R"({})", 0},
        // Years that nanoseconds do not reach.
        Row{R"({"exp":9999999999})", k_last}, Row{R"({"exp":1e10})", k_last},
        Row{R"({"exp":253402300799})", k_last}, Row{R"({"exp":1e18})", k_last},
        // What 64 bits cannot hold has expired, as with kubectl.
        Row{R"({"exp":1e300})", 0}, Row{R"({"exp":-1e300})", 0},
        Row{R"({"exp":18446744073709551615})", 0}}) {
    CAPTURE(row.claims);
    const Result<SystemTime> expiry = jwt_expiry(jwt(row.claims));
    REQUIRE(expiry);
    CHECK(unix_seconds(*expiry) == row.seconds);
  }
}

TEST_CASE("what has no expiry that can be read is an error without the token") {
  for (const std::string& token :
       {jwt(R"({"exp":null})"), jwt(R"({"exp":true})"),
        jwt(R"({"exp":"soon"})")}) {
    CHECK(jwt_expiry(token).error().message ==
          "parsing claims: exp is not a number");
  }
  for (const std::string& token :
       {std::string(), std::string("a.b"), std::string("a.!.c"), jwt("[]"),
        jwt("secret")}) {
    CAPTURE(token);
    CHECK(jwt_expiry(token).error().message == "ID Token is not a valid JWT");
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
