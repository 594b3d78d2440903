// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "kube/auth/credentials.hpp"
#include "kube/auth/token_file.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <cstdio>

namespace kprofefe::kube {
namespace {

using namespace std::chrono_literals;

/// A clock that stands until it is pushed.
struct FakeClock {
  std::chrono::steady_clock::time_point now;

  TokenFile::Clock read() {
    return [this] { return now; };
  }
};

std::string shown(CredentialSource& credentials) {
  async::Loop loop;
  return loop.run(credentials.current({}))->authorization;
}

bool renew(CredentialSource& credentials, const std::string& rejected) {
  async::Loop loop;
  return loop
      .run(credentials.renew({}, {.authorization = rejected, .tls = nullptr}))
      .value();
}

TEST_SUITE_BEGIN("kube::CredentialSource");

TEST_CASE("fixed credentials stay and cannot be renewed") {
  const auto fixed = fixed_credentials("Bearer x");

  CHECK(shown(*fixed) == "Bearer x");
  CHECK_FALSE(renew(*fixed, "Bearer x"));
  CHECK(shown(*fixed_credentials("")).empty());
}

TEST_CASE("a token stands in the header as it is, but for spaces at its end") {
  CHECK(bearer("abc.def-_~+/=") == "Bearer abc.def-_~+/=");
  CHECK(bearer(" a b ") == "Bearer  a b");
  CHECK(bearer("tök\xff") == "Bearer tök\xff");
}

TEST_CASE("a password goes as basic authentication") {
  CHECK(basic("Aladdin", "open sesame") ==
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

TEST_CASE("a token that would break the header is refused, and not shown") {
  for (const char* token :
       {"secret\nX-Evil: 1", "secret\n", "secret\x01", "secret\x7f"}) {
    CAPTURE(token);
    const Result<std::string> header = bearer(token);
    REQUIRE_FALSE(header);
    CHECK(header.error().kind == ErrorKind::config);
    CHECK(header.error().message.find("secret") == std::string::npos);
  }
}

TEST_CASE("a token file is read again after 50 seconds, not before") {
  const kprofefe::test::Scratch scratch;
  const std::string path = scratch.write("token", " one\n");
  FakeClock clock;
  const auto credentials = TokenFile::open(path, "", clock.read());
  REQUIRE(credentials);
  static_cast<void>(scratch.write("token", "two\n"));

  CHECK(shown(**credentials) == "Bearer one");
  clock.now += 49s;
  CHECK(shown(**credentials) == "Bearer one");
  clock.now += 1s;
  CHECK(shown(**credentials) == "Bearer two");
}

TEST_CASE("the last good token stays while the file cannot be read") {
  const kprofefe::test::Scratch scratch;
  const std::string path = scratch.write("token", "one");
  FakeClock clock;
  const auto credentials = TokenFile::open(path, "", clock.read());
  REQUIRE(credentials);

  clock.now += 60s;
  std::remove(path.c_str());
  CHECK(shown(**credentials) == "Bearer one");
  static_cast<void>(scratch.write("token", ""));
  CHECK(shown(**credentials) == "Bearer one");
  static_cast<void>(scratch.write("token", "two"));
  CHECK(shown(**credentials) == "Bearer two");
}

TEST_CASE("a rejected token is read again at once") {
  const kprofefe::test::Scratch scratch;
  const std::string path = scratch.write("token", "one");
  FakeClock clock;
  const auto credentials = TokenFile::open(path, "", clock.read());
  REQUIRE(credentials);

  CHECK_FALSE(renew(**credentials, "Bearer one"));
  static_cast<void>(scratch.write("token", "two"));
  CHECK(renew(**credentials, "Bearer one"));
  CHECK(shown(**credentials) == "Bearer two");
}

TEST_CASE("the file takes precedence over the token beside it") {
  const kprofefe::test::Scratch scratch;
  const std::string path = scratch.write("token", "of-file");
  FakeClock clock;

  const auto both = TokenFile::open(path, "beside", clock.read());
  REQUIRE(both);
  CHECK(shown(**both) == "Bearer of-file");

  const auto missing =
      TokenFile::open(scratch / "nope", "beside", clock.read());
  REQUIRE(missing);
  CHECK(shown(**missing) == "Bearer beside");
  static_cast<void>(scratch.write("nope", "late"));
  CHECK(shown(**missing) == "Bearer late");
}

TEST_CASE("a token file that gives no token is an error that names it") {
  const kprofefe::test::Scratch scratch;

  struct Row {
    std::string path;
    const char* why;
  };

  const Row rows[] = {
      {scratch / "nope", "no such file or directory"},
      {scratch.write("empty", " \n"), "is empty"},
      {scratch.write("two", "secret\nsecret"), "more than one token"},
      {scratch.path(), "is a directory"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    const auto result = TokenFile::open(row.path, "");
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::config);
    CHECK(result.error().message.find(row.path) != std::string::npos);
    CHECK(result.error().message.find(row.why) != std::string::npos);
    CHECK(result.error().message.find("secret") == std::string::npos);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
