// SPDX-License-Identifier: MIT
#include "base/moment.hpp"
#include "profefe/answer.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

namespace kprofefe::profefe {
namespace {

http::Response response(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.body.bytes = std::move(body);
  return response;
}

TEST_SUITE_BEGIN("profefe answers");

TEST_CASE("parse_profile reads the answer to a push") {
  const Result<StoredProfile> profile = parse_profile(
      R"({"code":200,"body":{"id":"dc1tuu","type":"trace","service":"tr",)"
      R"("labels":[{"key":"a","value":"b,c"},{"key":"d","value":""}],)"
      R"("created_at":"2026-11-01T01:02:03Z"}})");

  REQUIRE(profile);
  CHECK(profile->id == "dc1tuu");
  CHECK(profile->type == "trace");
  CHECK(profile->service == "tr");
  CHECK(profile->labels == Labels{{"a", "b,c"}, {"d", ""}});
  REQUIRE(profile->created_at);
  CHECK(format_rfc3339(*profile->created_at) == "2026-11-01T01:02:03Z");
}

TEST_CASE("a profile needs no more than an id") {
  const Result<StoredProfile> profile = parse_profile(
      R"({"code":200,"body":{"id":"x","labels":{},"created_at":null}})");

  REQUIRE(profile);
  CHECK(profile->id == "x");
  CHECK(profile->labels.empty());
  CHECK_FALSE(profile->created_at);
}

TEST_CASE("Go's zero time and no time at all are no time") {
  for (const char* time : {"0001-01-01T00:00:00Z", "yesterday", ""}) {
    CAPTURE(time);
    const Result<StoredProfile> profile = parse_profile(
        R"({"body":{"id":"x","created_at":")" + std::string(time) + R"("}})");
    REQUIRE(profile);
    CHECK_FALSE(profile->created_at);
  }
}

TEST_CASE("parse_profiles keeps the server's order") {
  const Result<std::vector<StoredProfile>> profiles = parse_profiles(
      R"({"code":200,"body":[{"id":"b","type":"cpu"},{"id":"a"}]})");

  REQUIRE(profiles);
  REQUIRE(profiles->size() == 2);
  CHECK(profiles->at(0).id == "b");
  CHECK(profiles->at(0).type == "cpu");
  CHECK(profiles->at(1).id == "a");
}

TEST_CASE("a list without elements is empty, also when Go writes null") {
  for (const char* body :
       {R"({"code":200,"body":[]})", R"({"code":200,"body":null})"}) {
    CAPTURE(body);
    CHECK(parse_profiles(body).value().empty());
    CHECK(parse_services(body).value().empty());
  }
}

TEST_CASE("parse_services and parse_version read their parts") {
  CHECK(parse_services(R"({"code":200,"body":["a","b"]})").value() ==
        std::vector<std::string>{"a", "b"});
  const Result<ServerVersion> version = parse_version(
      R"({"code":200,"body":{"version":"v1","commit":"","go_version":"go1"}})");
  REQUIRE(version);
  CHECK(version->version == "v1");
  CHECK(version->commit.empty());
  CHECK(version->go_version == "go1");
}

TEST_CASE("what is not profefe's is malformed and told by its looks") {
  struct Row {
    const char* name;
    std::string body;
    const char* looks;
  };

  const Row rows[] = {
      {"empty", "", "an empty body"},
      {"blank", " \n", "an empty body"},
      {"HTML", "\r\n<!DOCTYPE html><html>", "an HTML page"},
      {"HTML in capitals", "<HTML lang=en>", "an HTML page"},
      {"text", "OK\nfine", R"("OK")"},
      {"another JSON", R"({"status":"success"})", R"("{"status":)"},
      {"JSON that is no object", "[1]", R"("[1]")"},
      {"JSON cut off", R"({"code":200,"body":{"id")", R"("{"code":200)"},
      {"a body of another kind", R"({"code":200,"body":7})", R"("{"code")"},
      {"no UTF-8", "{\"body\":\"\xff\"}", "instead of profefe's JSON"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    for (const Error& error :
         {parse_profile(row.body).error(), parse_profiles(row.body).error(),
          parse_services(row.body).error(), parse_version(row.body).error()}) {
      CAPTURE(error.message);
      CHECK(error.kind == ErrorKind::malformed);
      CHECK(error.message.find(row.looks) != std::string::npos);
    }
  }
}

TEST_CASE("elements of the wrong kind are malformed") {
  for (const char* body :
       {R"({"body":[7]})", R"({"body":[{"type":"cpu"}]})",
        R"({"body":[{"id":7}]})", R"({"body":[{"id":""}]})"}) {
    CAPTURE(body);
    const auto profiles = parse_profiles(body);
    REQUIRE_FALSE(profiles);
    CHECK(profiles.error().kind == ErrorKind::malformed);
  }
  CHECK_FALSE(parse_services(R"({"body":["a",7]})"));
  CHECK_FALSE(parse_profile(R"({"body":{"id":""}})"));
}

TEST_CASE("no hit is told from a wrong address") {
  CHECK(is_nothing_found(
      response(404, R"({"code":404,"error":"nothing found"})")));
  CHECK(is_nothing_found(response(204, "")));
  CHECK_FALSE(is_nothing_found(response(404, "404 page not found")));
  CHECK_FALSE(is_nothing_found(response(200, "")));
}

TEST_CASE("a profile without samples is told from other bad requests") {
  CHECK(is_empty_profile(response(
      400, R"x({"code":400,"error":"malformed profile (could not parse pprof )x"
           R"x(profile: profile is empty: no samples)"})x")));
  CHECK_FALSE(is_empty_profile(
      response(400, R"({"code":400,"error":"unknown profile type"})")));
  CHECK_FALSE(is_empty_profile(
      response(500, R"({"error":"profile is empty: no samples"})")));
}

TEST_CASE("no profile is taken for a web page") {
  CHECK_FALSE(is_html("\x1f\x8b\x08"));
  // A raw profile may begin with a field whose length is the byte `<`.
  CHECK_FALSE(is_html("\n<abc"));
  CHECK(is_html("\n<html>"));
}

}  // namespace
}  // namespace kprofefe::profefe
