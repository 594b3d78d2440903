// SPDX-License-Identifier: MIT
#include "api/access_log.hpp"
#include "async/loop.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::api {
namespace {

TEST_SUITE_BEGIN("api::log_requests");

async::Task<server::Response> answer(server::Request /*request*/) {
  co_return server::text_response(404, "nothing");
}

/// What is logged of one request.
std::vector<std::string> logged(LogFormat format, server::Request request) {
  std::vector<std::string> lines;
  const server::Handler handler = log_requests(
      answer, format, [&](std::string_view line) { lines.emplace_back(line); });
  async::Loop loop;
  CHECK(loop.run(handler(std::move(request))).status == 404);
  return lines;
}

server::Request request_for(std::string path) {
  return {.client = "10.0.0.1",
          .method = "POST",
          .path = std::move(path),
          .raw_query = "service=a%20b",
          .headers = {{"Authorization", "Bearer secret"}},
          .body = "four"};
}

TEST_CASE("a line of text has who asked for what, and what came of it") {
  const auto lines = logged(LogFormat::text, request_for("/api/0/profiles"));
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].contains(
      "Z 10.0.0.1 POST /api/0/profiles?service=a%20b 404 4 8 "));
  CHECK(lines[0].ends_with("ms"));
  CHECK_FALSE(lines[0].contains("secret"));
}

TEST_CASE("a line of JSON has the same") {
  const auto lines = logged(LogFormat::json, request_for("/\x1b[2J\xc2\x9b\n"));
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].contains(R"("client":"10.0.0.1","method":"POST")"));
  CHECK(lines[0].contains(R"("status":404,"received":4,"sent":8)"));
  CHECK_FALSE(lines[0].contains('\x1b'));
  CHECK_FALSE(lines[0].contains("secret"));
}

TEST_CASE("what a client sends does not steer the terminal") {
  const auto lines = logged(LogFormat::text, request_for("/\x1b[2J\nx"));
  REQUIRE(lines.size() == 1);
  CHECK_FALSE(lines[0].contains('\x1b'));
  CHECK_FALSE(lines[0].contains('\n'));
}

TEST_CASE("nothing is logged when nothing is wanted") {
  CHECK(logged(LogFormat::none, request_for("/")).empty());
}

}  // namespace
}  // namespace kprofefe::api
