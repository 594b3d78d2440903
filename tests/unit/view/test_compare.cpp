// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "support/stacks.hpp"
#include "view/compare.hpp"

#include <nlohmann/json.hpp>

#include <map>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

/// Functions that main calls, with what they cost.
Prepared costs(const std::map<std::string_view, std::int64_t>& functions,
               std::string_view type = "cpu") {
  ProfileMaker maker(std::string(type) + "/milliseconds");
  const auto main = maker.at("main");
  for (const auto& [name, cost] : functions) {
    maker.sample({maker.at(name), main}, {cost});
  }
  return prepared_for(ReportKind::top, {}, maker.profile());
}

Limits limits_of(std::string_view function_limit) {
  auto limit = parse_function_limit(function_limit);
  REQUIRE_MESSAGE(limit, limit.error().message);
  Limits limits;
  limits.functions.push_back(std::move(*limit));
  return limits;
}

TEST_CASE("parse_percent takes the sign or leaves it") {
  CHECK(parse_percent("10%") == 10);
  CHECK(parse_percent("2.5") == 2.5);
  CHECK(parse_percent("0%") == 0);
  for (const std::string_view text :
       {"", "%", "-1%", "ten", "5%%", "inf", "nan", "1e2"}) {
    CAPTURE(text);
    const auto percent = parse_percent(text);
    REQUIRE(!percent);
    CHECK(percent.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("parse_function_limit cuts at the last sign of equality") {
  const auto limit = parse_function_limit("a=b=5%");
  REQUIRE(limit);
  CHECK(limit->names.expression() == "a=b");
  CHECK(limit->percent == 5);

  for (const std::string_view text : {"main", "=5%", "(=5%", "main=x"}) {
    CAPTURE(text);
    const auto wrong = parse_function_limit(text);
    REQUIRE(!wrong);
    CHECK(wrong.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("compare lists what changed, most first") {
  const auto comparison =
      compare(costs({{"a", 10}, {"b", 20}, {"gone", 5}, {"same", 1}}),
              costs({{"a", 12}, {"b", 10}, {"new", 5}, {"same", 1}}), {});
  REQUIRE(comparison);
  std::vector<std::string> names;
  for (const FunctionChange& change : comparison->changes) {
    names.push_back(change.name);
  }

  CHECK(names == std::vector<std::string>{"b", "gone", "new", "a", "main"});
  CHECK(comparison->changes[0].base_flat == 20);
  CHECK(comparison->changes[0].cum == 10);
  CHECK(comparison->base_total == 36);
  CHECK(comparison->total == 28);
  CHECK(comparison->violations.empty());
}

TEST_CASE("compare of a profile with itself is empty") {
  const Prepared one = costs({{"a", 10}});
  const auto comparison = compare(one, one, {.total_percent = 0});
  REQUIRE(comparison);

  CHECK(comparison->changes.empty());
  CHECK(comparison->violations.empty());
}

TEST_CASE("the total may grow by the limit and not by more") {
  const Limits limits = {.total_percent = 10};
  const auto grown = [&](std::int64_t now) {
    const auto comparison =
        compare(costs({{"a", 100}}), costs({{"a", now}}), limits);
    REQUIRE(comparison);
    return comparison->violations.size();
  };

  CHECK(grown(110) == 0);
  CHECK(grown(111) == 1);
  CHECK(grown(50) == 0);
}

TEST_CASE("a function may grow by the limit of its own value") {
  const auto comparison = compare(costs({{"a", 100}, {"b", 100}, {"c", 100}}),
                                  costs({{"a", 105}, {"b", 106}, {"c", 300}}),
                                  limits_of("^[ab]$=5%"));
  REQUIRE(comparison);

  REQUIRE(comparison->violations.size() == 1);
  CHECK(comparison->violations[0].name == "b");
  CHECK(comparison->violations[0].base == 100);
  CHECK(comparison->violations[0].now == 106);
  CHECK(comparison->violations[0].limit == "^[ab]$");
}

TEST_CASE("a function that was not there may not come") {
  const auto comparison = compare(
      costs({{"a", 100}}), costs({{"a", 90}, {"b", 10}}), limits_of("b=1000%"));
  REQUIRE(comparison);

  REQUIRE(comparison->violations.size() == 1);
  CHECK(comparison->violations[0].base == 0);
}

/// Of this file every function starts at a line of its own.
Prepared files_of(std::initializer_list<std::int64_t> costs) {
  ProfileMaker maker("cpu/milliseconds");
  const auto outer = maker.location(0x401000, {{"outer", "/x.go", 7, 1}});
  const auto inner = maker.location(0x402000, {{"inner", "/x.go", 27, 20}});
  for (const std::int64_t cost : costs) {
    maker.sample({inner, outer}, {cost});
  }
  return prepared_for(ReportKind::top,
                      {.granularity = pprof::Granularity::files},
                      maker.profile());
}

TEST_CASE("a sample counts once for what prints as one name") {
  const auto comparison = compare(files_of({100}), files_of({60}), {});
  REQUIRE(comparison);

  REQUIRE(comparison->changes.size() == 1);
  CHECK(comparison->changes[0].name == "/x.go");
  CHECK(comparison->changes[0].base_cum == 100);
  CHECK(comparison->changes[0].cum == 60);
  CHECK(comparison->changes[0].flat == 60);
}

TEST_CASE("of many changes the first are written") {
  const auto comparison =
      compare(costs({{"a", 1}, {"b", 2}}), costs({{"a", 2}, {"b", 9}}), {});
  REQUIRE(comparison);
  const auto document = nlohmann::json::parse(render_json(*comparison, 1));

  REQUIRE(document["changes"].size() == 1);
  CHECK(document["changes"][0]["name"] == "b");
}

TEST_CASE("small growth is noise only to those who say so") {
  const Prepared base = costs({{"a", 1'000}, {"b", 4}});
  const Prepared now = costs({{"a", 1'000}, {"b", 9}});
  Limits limits = limits_of("b=5%");
  const auto strict = compare(base, now, limits);
  limits.noise_percent = 0.5;
  const auto lenient = compare(base, now, limits);

  REQUIRE(strict);
  REQUIRE(lenient);
  CHECK(strict->violations.size() == 1);
  CHECK(lenient->violations.empty());
}

TEST_CASE("a limit for functions that are not there is named") {
  const Prepared base = costs({{"a", 1}, {"gone", 1}});
  const Prepared now = costs({{"a", 1}, {"b", 1}});
  for (const char* there : {"a=5%", "gone=5%", "b=500%"}) {
    CAPTURE(there);
    const auto comparison = compare(base, now, limits_of(there));
    REQUIRE(comparison);
    CHECK(comparison->unmatched.empty());
  }
  const auto comparison = compare(base, now, limits_of("renamed.*=5%"));
  REQUIRE(comparison);
  CHECK(comparison->unmatched == std::vector<std::string>{"renamed.*"});
}

TEST_CASE("the table of violations says where, the total first") {
  Limits limits = limits_of("b|c=5%");
  limits.total_percent = 10;
  const auto comparison = compare(costs({{"a", 100}, {"b", 100}}),
                                  costs({{"b", 230}, {"c", 20}}), limits);
  REQUIRE(comparison);

  CHECK(render_violations(*comparison) ==
        "      base        new    growth   allowed  worse\n"
        "     200ms      250ms   +25.00%       10%  total\n"
        "     100ms      230ms  +130.00%        5%  b (b|c)\n"
        "         0       20ms       new        5%  c (b|c)\n");
  const auto document = nlohmann::json::parse(render_json(*comparison, 10));
  CHECK(document["sample_type"] == "cpu");
  CHECK(document["unit"] == "milliseconds");
  CHECK(document["base_total"] == 200);
  CHECK(document["total"] == 250);
  CHECK(document["changes"][0] ==
        nlohmann::json::parse(R"({"name": "b", "base_flat": 100, "flat": 230,
                                  "base_cum": 100, "cum": 230})"));
  CHECK(document["violations"] == nlohmann::json::parse(R"([
    {"limit": "total", "base": 200, "new": 250, "growth_percent": 25.0,
     "allowed_percent": 10.0},
    {"name": "b", "limit": "b|c", "base": 100, "new": 230,
     "growth_percent": 130.0, "allowed_percent": 5.0},
    {"name": "c", "limit": "b|c", "base": 0, "new": 20,
     "growth_percent": null, "allowed_percent": 5.0}])"));
}

/// A CPU profile of that many samples of 10 ms.
pprof::Profile sampled(std::int64_t work, std::int64_t rest) {
  return test::Stacks({{"samples", "count"}, {"cpu", "nanoseconds"}})
      .add("main;work", {work, work * 10'000'000})
      .add("main;rest", {rest, rest * 10'000'000})
      .profile;
}

TEST_CASE("growth that chance alone explains breaks no limit") {
  Limits limits = limits_of("work=5%");
  limits.total_percent = 5;
  const auto noise = compare(sampled(14, 0), sampled(15, 0), {}, limits);
  REQUIRE(noise);
  CHECK(noise->violations.empty());
  REQUIRE(noise->within_noise.size() == 2);
  CHECK(explain_noise(*noise).front() ==
        "the total grew from 140ms to 150ms (14 to 15 samples): "
        "within noise (Poisson test, 99 %), so this limit does not fail");
  CHECK(nlohmann::json::parse(
            render_json(*noise, 1))["within_noise"][0]["samples"] == 15);

  const auto grown =
      compare(sampled(1000, 9000), sampled(2000, 9000), {}, limits);
  REQUIRE(grown);
  CHECK(grown->violations.size() == 2);
  CHECK(grown->within_noise.empty());
  CHECK(grown->violations.back().samples == 2000);
}

TEST_CASE("sums of a base are multiplied, and not its samples") {
  test::Stacks base({{"samples", "count"}, {"cpu", "nanoseconds"}});
  for (int i = 0; i < 100; ++i) {
    base.add("main;work;leaf" + std::to_string(i), {1, 10'000'000});
  }
  const auto comparison =
      compare(base.profile, sampled(30, 0),
              {.sample_index = view::SampleIndex(std::string("samples"))},
              limits_of("work=5%"), 0.1);
  REQUIRE(comparison);
  CHECK(comparison->base_total == 10);
  REQUIRE(comparison->violations.size() == 1);
  CHECK(comparison->violations[0].base_samples == 10);
}

TEST_CASE("the test knows that a base was multiplied") {
  CHECK(is_within_noise(100, 130, 1));
  CHECK_FALSE(is_within_noise(1000, 1300, 1));
  // 10 samples of a second become 100 of ten: still only 10 were seen.
  CHECK(is_within_noise(10, 130, 10));
  CHECK_FALSE(is_within_noise(0, 10, 1));
}

TEST_CASE("without violations there is no table") {
  const Prepared one = costs({{"a", 10}});

  CHECK(render_violations(*compare(one, one, {})).empty());
}

TEST_CASE("compare refuses profiles that do not measure the same") {
  const auto comparison =
      compare(costs({{"a", 1}}), costs({{"a", 1}}, "wall"), {});

  REQUIRE(!comparison);
  CHECK(comparison.error().kind == ErrorKind::usage);
  CHECK(comparison.error().message ==
        "the profiles measure different values: cpu in milliseconds and wall "
        "in milliseconds");
}

}  // namespace
}  // namespace kprofefe::view
