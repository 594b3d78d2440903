// SPDX-License-Identifier: MIT
#include "collect/target_access_request.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace kprofefe::collect {
namespace {

using test::Scratch;

const http::Headers k_bearer = {{"Authorization", "Bearer s3cret"}};

TEST_SUITE_BEGIN("collect::read_target_access");

TEST_CASE("without flags: the system's certificates and no headers") {
  const auto access = read_target_access({}, {});
  REQUIRE(access);
  CHECK(access->tls == nullptr);
  CHECK(access->headers.empty());
}

TEST_CASE("a token comes from a file or a variable, without its line end") {
  const Scratch scratch;
  const std::string file = scratch.write("token", "s3cret\n");
  const auto from_file = read_target_access({.token_file = file}, {});
  REQUIRE(from_file);
  CHECK(from_file->headers == k_bearer);

  const Env env{.variables = {{"POD_TOKEN", "s3cret"}}};
  const auto from_env =
      read_target_access({.token_variable = "POD_TOKEN"}, env);
  REQUIRE(from_env);
  CHECK(from_env->headers == k_bearer);
}

TEST_CASE("headers are split at the first colon") {
  CHECK(read_headers({"X-Team: shop", "X-At:10:30"}) ==
        http::Headers{{"X-Team", "shop"}, {"X-At", "10:30"}});
}

TEST_CASE("server name and insecure are for TLS") {
  const auto access =
      read_target_access({.server_name = "cart.shop", .insecure = true}, {});
  REQUIRE(access);
  REQUIRE(access->tls);
  CHECK(access->tls->server_name == "cart.shop");
  CHECK(access->tls->insecure);
}

TEST_CASE("a header that cannot be sent is named without its value") {
  const std::pair<const char*, const char*> rows[] = {
      {"s3cret", "no colon"},
      {"X: s3cret\r\nY: z", "X"},
      {"X Y: s3cret", "X Y"},
      {"content-length: s3cret",
       "content-length is reserved for the connection"},
      {"Transfer-Encoding: s3cret", "Transfer-Encoding is reserved"},
      {"Upgrade: s3cret", "Upgrade is reserved"},
  };
  for (const auto& [header, words] : rows) {
    CAPTURE(words);
    const Result<http::Headers> headers = read_headers({header});
    REQUIRE_FALSE(headers);
    CHECK(headers.error().kind == ErrorKind::usage);
    CHECK(headers.error().message.find(words) != std::string::npos);
    CHECK(headers.error().message.find("s3cret") == std::string::npos);
  }
}

TEST_CASE("bad input is named, and never with a secret") {
  const Scratch scratch;

  struct Row {
    const char* name;
    TargetAccessRequest flags;
    ErrorKind kind;
    const char* words;
  };

  const Row rows[] = {
      {"no such file",
       {.token_file = "/nowhere/token"},
       ErrorKind::not_found,
       "--target-token-file: open /nowhere/token"},
      {"two lines",
       {.token_file = scratch.write("two", "s3cret\ns3cret\n")},
       ErrorKind::config,
       "not a valid token"},
      {"empty",
       {.token_file = scratch.write("empty", "\n")},
       ErrorKind::config,
       "not a valid token"},
      {"no such variable",
       {.token_variable = "POD_TOKEN"},
       ErrorKind::config,
       "$POD_TOKEN"},
      {"twice",
       {.headers = {{"authorization", "s3cret"}},
        .token_file = scratch.write("token", "s3cret")},
       ErrorKind::usage,
       "set twice"},
      {"no certificate",
       {.ca_file = scratch.write("ca", "s3cret")},
       ErrorKind::config,
       "--target-ca: "},
      {"no file of certificates",
       {.ca_file = "/nowhere/ca.crt"},
       ErrorKind::not_found,
       "--target-ca: open /nowhere/ca.crt"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto access = read_target_access(row.flags, {});
    REQUIRE(!access);
    CAPTURE(access.error().message);
    CHECK(access.error().kind == row.kind);
    CHECK(access.error().message.find(row.words) != std::string::npos);
    CHECK(access.error().message.find("s3cret") == std::string::npos);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
