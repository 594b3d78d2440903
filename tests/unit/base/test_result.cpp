// SPDX-License-Identifier: MIT
#include "base/result.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("base");

Result<int> number(bool good) {
  if (!good) {
    return fail(ErrorKind::io, "read x: no");
  }
  return 42;
}

Result<void> nothing(bool good) {
  TRY(number(good));
  return {};
}

Result<std::string> text(bool good, int& reached) {
  TRY_ASSIGN(const int first, number(true));
  ++reached;
  TRY_ASSIGN(const int second, number(good));
  ++reached;
  return std::to_string(first + second);
}

Result<std::unique_ptr<int>> moved() {
  TRY_ASSIGN(std::unique_ptr<int> pointer,
             Result<std::unique_ptr<int>>(std::make_unique<int>(7)));
  return pointer;
}

TEST_CASE("TRY goes on after a value and returns an error as it is") {
  CHECK(nothing(true));
  const Result<void> failed = nothing(false);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().kind == ErrorKind::io);
  CHECK(failed.error().message == "read x: no");
}

TEST_CASE("TRY_ASSIGN hands the value out or returns at once") {
  int reached = 0;
  CHECK(text(true, reached) == "84");
  CHECK(reached == 2);

  reached = 0;
  CHECK_FALSE(text(false, reached));
  CHECK(reached == 1);
}

TEST_CASE("TRY_ASSIGN moves what cannot be copied") {
  const auto result = moved();
  REQUIRE(result);
  CHECK(**result == 7);
}

TEST_CASE("with_context puts words before the message and keeps the kind") {
  const Error error{ErrorKind::denied, "status 403"};
  const Error more = error.with_context("list pods").with_context("capture");
  CHECK(more.kind == ErrorKind::denied);
  CHECK(more.message == "capture: list pods: status 403");
  CHECK(error.message == "status 403");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
