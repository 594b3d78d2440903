// SPDX-License-Identifier: MIT
#include "api/parameters.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::api {
namespace {

using Labels = std::vector<store::Label>;

TEST_SUITE_BEGIN("api::parameters");

server::Request request_of(server::Parameters query) {
  return {
      .method = "GET", .path = "/api/0/profiles", .query = std::move(query)};
}

server::Parameters with(server::Parameters query, const std::string& name,
                        const std::string& value) {
  std::erase_if(query, [&](const auto& one) { return one.first == name; });
  query.emplace_back(name, value);
  return query;
}

const server::Parameters k_query = {{"service", "api"},
                                    {"type", "heap"},
                                    {"from", "2026-01-01T00:00:00"},
                                    {"to", "2026-01-02T00:00:00"}};

template <typename T>
std::string error_of(const Result<T>& result) {
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::usage);
  return result.error().message;
}

std::string query_error(const std::string& name, const std::string& value) {
  return error_of(read_query(request_of(with(k_query, name, value))));
}

std::string series_error(const std::string& name, const std::string& value) {
  return error_of(read_series(request_of(with(k_query, name, value)), {}));
}

SystemTime at(std::int64_t nanoseconds) {
  return SystemTime(std::chrono::nanoseconds(nanoseconds));
}

TEST_CASE("labels are decoded each on its own, and sorted") {
  CHECK(parse_labels("b=2,a%2Cx=c%3Dd%25%2B+e") ==
        Labels{{"a,x", "c=d%+ e"}, {"b", "2"}});
  CHECK(parse_labels("") == Labels{});
  CHECK(parse_labels(" a = 1 ,, =nothing,b,c=") ==
        Labels{{"a", "1"}, {"b", ""}, {"c", ""}});
  CHECK(parse_labels("a=2,a=1,a=b=c") ==
        Labels{{"a", "1"}, {"a", "2"}, {"a", "b=c"}});
}

TEST_CASE("a label with a broken escape is an error") {
  for (const std::string text : {"a=%zz", "a%2=1", "a=1,b=%"}) {
    CAPTURE(text);
    const std::string error = error_of(parse_labels(text));
    CHECK(error.starts_with("bad request: bad \"labels\" \"" + text));
  }
}

TEST_CASE("a series needs a service and a type that profefe knows") {
  const auto series = read_series(request_of(k_query), {});
  REQUIRE(series);
  CHECK(series->service == "api");
  CHECK(series->type == "heap");
  CHECK(series_error("service", "") == "bad request: missing \"service\"");
  CHECK(series_error("type", "allocs") == "bad request: unknown profile type");
  CHECK(series_error("type", "") == "bad request: unknown profile type");
}

TEST_CASE("what a series may hold has an end") {
  CHECK(series_error("service", std::string(1025, 's')) ==
        "bad request: bad \"service\": 1025 bytes; 1024 are allowed");
  CHECK(series_error("labels", "k=" + std::string(4096, 'v')) ==
        "bad request: bad \"labels\": one has 4097 bytes; 4096 are allowed");
  std::string many;
  for (int i = 0; i < 129; ++i) {
    many += "k" + std::to_string(i) + "=v,";
  }
  CHECK(series_error("labels", many) ==
        "bad request: bad \"labels\": 129 of them; 128 are allowed");
}

TEST_CASE("a query is of one service, a range and maybe a type and labels") {
  const auto query = read_query(request_of({{"service", "api"},
                                            {"type", "heap"},
                                            {"from", "2026-01-01T00:00:00"},
                                            {"to", "2026-01-01T00:00:01.5"},
                                            {"labels", "pod=a"},
                                            {"limit", "7"}}));
  REQUIRE(query);
  CHECK(query->service == "api");
  CHECK(query->type == "heap");
  CHECK(query->labels == Labels{{"pod", "a"}});
  CHECK(query->from == at(1'767'225'600'000'000'000));
  CHECK(query->to == at(1'767'225'601'500'000'000));
  CHECK(query->limit == 7);
}

TEST_CASE("an unknown type is every type, and no limit is none") {
  for (const std::string limit : {"", "0", "-3", "+0"}) {
    CAPTURE(limit);
    const auto query = read_query(
        request_of(with(with(k_query, "limit", limit), "type", "nope")));
    REQUIRE(query);
    CHECK_FALSE(query->type);
    CHECK_FALSE(query->limit);
  }
  CHECK(query_error("limit", "x").contains("bad \"limit\" \"x\""));
  CHECK(query_error("limit", "1.5").contains("bad \"limit\""));
}

TEST_CASE("a time has no zone") {
  for (const std::string time :
       {"2026-01-01T00:00:00Z", "2026-01-01T00:00:00+01:00", "2026-01-01",
        "2026-13-01T00:00:00", "2026-01-01T00:00:00.", "1760000000",
        "2026-01-01T00:00:00.5x"}) {
    CAPTURE(time);
    CHECK(query_error("from", time)
              .contains("bad \"from\" \"" + time +
                        "\": time in unsupported format"));
  }
  CHECK(query_error("from", "") == "bad request: missing \"from\"");
  CHECK(query_error("to", "") == "bad request: missing \"to\"");
  CHECK(query_error("from", "2027-01-01T00:00:00")
            .contains("CreatedAtMin after CreatedAtMax"));
}

TEST_CASE("the time of a profile may be given") {
  const auto none = read_created_at(request_of(k_query));
  REQUIRE(none);
  CHECK_FALSE(*none);
  const auto given = read_created_at(
      request_of(with(k_query, "created_at", "2026-01-01T00:00:00")));
  REQUIRE(given);
  CHECK(*given == at(1'767'225'600'000'000'000));
  CHECK(
      error_of(read_created_at(request_of(with(k_query, "created_at", "now"))))
          .contains("\"created_at\""));
}

}  // namespace
}  // namespace kprofefe::api
