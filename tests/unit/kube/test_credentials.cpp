// SPDX-License-Identifier: MIT
#include "kube/credentials.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <cstdio>

namespace kprofefe::kube {
namespace {

using namespace std::chrono_literals;

/// A clock that stands until it is pushed.
struct FakeClock {
  std::chrono::steady_clock::time_point now;

  Credentials::Clock read() {
    return [this] { return now; };
  }
};

TEST_SUITE_BEGIN("kube::Credentials");

TEST_CASE("no credentials are no header, and cannot be renewed") {
  Credentials none;

  CHECK(none.authorization().empty());
  CHECK_FALSE(none.renew("Bearer x"));
}

TEST_CASE("a token stands in the header without the space around it") {
  Result<Credentials> credentials = Credentials::from_token(" abc.def-_~+/=\n");

  REQUIRE(credentials);
  CHECK(credentials->authorization() == "Bearer abc.def-_~+/=");
  CHECK_FALSE(credentials->renew("Bearer abc.def-_~+/="));
}

TEST_CASE("a token that would break the header is refused, and not shown") {
  for (const char* token : {"secret\nX-Evil: 1", "secret two", "secret\x01"}) {
    CAPTURE(token);
    const Result<Credentials> credentials = Credentials::from_token(token);
    REQUIRE_FALSE(credentials);
    CHECK(credentials.error().kind == ErrorKind::config);
    CHECK(credentials.error().message.find("secret") == std::string::npos);
  }
}

TEST_CASE("a token file is read again after 50 seconds, not before") {
  const kprofefe::test::Scratch scratch;
  const std::string path = scratch.write("token", "one\n");
  FakeClock clock;
  Result<Credentials> credentials =
      Credentials::from_file(path, "", clock.read());
  REQUIRE(credentials);
  static_cast<void>(scratch.write("token", "two\n"));

  CHECK(credentials->authorization() == "Bearer one");
  clock.now += 49s;
  CHECK(credentials->authorization() == "Bearer one");
  clock.now += 1s;
  CHECK(credentials->authorization() == "Bearer two");
}

TEST_CASE("the last good token stays while the file cannot be read") {
  const kprofefe::test::Scratch scratch;
  const std::string path = scratch.write("token", "one");
  FakeClock clock;
  Result<Credentials> credentials =
      Credentials::from_file(path, "", clock.read());
  REQUIRE(credentials);

  clock.now += 60s;
  std::remove(path.c_str());
  CHECK(credentials->authorization() == "Bearer one");
  static_cast<void>(scratch.write("token", ""));
  CHECK(credentials->authorization() == "Bearer one");
  static_cast<void>(scratch.write("token", "two"));
  CHECK(credentials->authorization() == "Bearer two");
}

TEST_CASE("a rejected token is read again at once") {
  const kprofefe::test::Scratch scratch;
  const std::string path = scratch.write("token", "one");
  FakeClock clock;
  Result<Credentials> credentials =
      Credentials::from_file(path, "", clock.read());
  REQUIRE(credentials);

  CHECK_FALSE(credentials->renew("Bearer one"));
  static_cast<void>(scratch.write("token", "two"));
  CHECK(credentials->renew("Bearer one"));
  CHECK(credentials->authorization() == "Bearer two");
}

TEST_CASE("the file takes precedence over the token beside it") {
  const kprofefe::test::Scratch scratch;
  const std::string path = scratch.write("token", "of-file");
  FakeClock clock;

  Result<Credentials> both =
      Credentials::from_file(path, "beside", clock.read());
  REQUIRE(both);
  CHECK(both->authorization() == "Bearer of-file");

  Result<Credentials> missing =
      Credentials::from_file(scratch / "nope", "beside", clock.read());
  REQUIRE(missing);
  CHECK(missing->authorization() == "Bearer beside");
  static_cast<void>(scratch.write("nope", "late"));
  CHECK(missing->authorization() == "Bearer late");
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
    const Result<Credentials> result = Credentials::from_file(row.path, "");
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
