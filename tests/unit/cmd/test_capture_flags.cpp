// SPDX-License-Identifier: MIT
#include "cmd/capture_flags.hpp"
#include "parse.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

using namespace std::chrono_literals;

/// The flags of capture.
struct Typed {
  CLI::App app;
  CaptureFlags flags;
  collect::DeliveryRequest delivery;

  explicit Typed(std::vector<std::string> words) : Typed() {
    parse(app, std::move(words));
  }

  Typed() {
    add_kind_flag(app, flags);
    add_fetch_flags(app, flags);
    add_delivery_flags(app, delivery, "30s");
  }
};

Result<collect::CaptureRequest> request_of(std::vector<std::string> words) {
  return complete(Typed(std::move(words)).flags, {});
}

TEST_SUITE_BEGIN("cmd::capture_flags");

TEST_CASE("the defaults are kube-profefe's seven profiles and thirty seconds") {
  const auto request = request_of({});

  REQUIRE(request);
  CHECK(request->plan.kinds.size() == 7);
  CHECK(request->plan.cpu_time == 30s);
  CHECK(request->plan.trace_time == 1s);
  CHECK(request->plan.slack == 15s);
  CHECK(request->route == collect::RouteChoice::automatic);
  CHECK(request->fetch.connect_timeout == 5s);
  CHECK(request->fetch.min_rate == 64 << 10);
  CHECK(request->fetch.check_limits.max_inflated_bytes == 128 << 20);
  CHECK(request->fetch.check_limits.max_parsed_bytes == 512 << 20);
  CHECK(request->fetch.max_body_bytes == request->memory / 2);
  CHECK(Typed().delivery.patience == 30s);
}

TEST_CASE("help shows the defaults that hold") {
  const std::pair<const char*, const char*> rows[] = {
      {"--profiles", "cpu,heap,allocs,block,mutex,goroutine,threadcreate"},
      {"--seconds", "30"},
      {"--timeout", "15s"},
      {"--connect-timeout", "5s"},
      {"--min-rate", "64KiB"},
      {"--max-inflated-size", "128MiB"},
      {"--max-parsed-size", "512MiB"},
      {"--delivery-patience", "30s"},
      {"--via", "auto"}};
  const auto standard = request_of({});
  REQUIRE(standard);
  for (const auto& [flag, text] : rows) {
    CAPTURE(flag);
    const Typed typed({flag, text});
    CHECK(typed.app.get_option(flag)->get_default_str() == text);
    const auto request = complete(typed.flags, {});
    REQUIRE(request);
    CHECK(request->plan.kinds == standard->plan.kinds);
    CHECK(request->plan.cpu_time == standard->plan.cpu_time);
    CHECK(request->plan.slack == standard->plan.slack);
    CHECK(request->fetch.connect_timeout == standard->fetch.connect_timeout);
    CHECK(request->fetch.min_rate == standard->fetch.min_rate);
    CHECK(request->fetch.check_limits.max_inflated_bytes ==
          standard->fetch.check_limits.max_inflated_bytes);
    CHECK(request->fetch.check_limits.max_parsed_bytes ==
          standard->fetch.check_limits.max_parsed_bytes);
    CHECK(typed.delivery.patience == 30s);
  }
}

TEST_CASE("a trace samples as long as asked, when it was asked") {
  const auto request = request_of({"--seconds=5"});

  REQUIRE(request);
  CHECK(request->plan.cpu_time == 5s);
  CHECK(request->plan.trace_time == 5s);
}

TEST_CASE("the largest profile is half of the memory, or makes it larger") {
  CHECK(request_of({"--memory=10MiB"})->fetch.max_body_bytes == 5 << 20);
  CHECK(request_of({"--max-profile-size=500MiB"})->memory == std::size_t{1000}
                                                                 << 20);
  CHECK(request_of({"--max-profile-size=500MiB"})->fetch.max_body_bytes ==
        500 << 20);
  const auto both = request_of({"--memory=10MiB", "--max-profile-size=6MiB"});
  REQUIRE_FALSE(both);
  CHECK(both.error().kind == ErrorKind::usage);
  CHECK(both.error().message ==
        "--max-profile-size 6.0 MB is more than half of --memory 10 MB");
}

TEST_CASE("a flag that makes no sense is named") {
  const std::pair<const char*, const char*> rows[] = {
      {"--profiles", "cpu,hep"},
      {"--timeout", "soon"},
      {"--connect-timeout", "0"},
      {"--max-profile-size", "big"},
      {"--memory", "-1"},
      {"--min-rate", "slow"},
      {"--delivery-patience", "long"},
      {"--max-inflated-size", "big"},
      {"--max-parsed-size", "-1"},
      {"--via", "teleport"},
      {"--seconds", "0"},
      {"--concurrency", "0"}};
  for (const auto& [flag, value] : rows) {
    CAPTURE(flag);
    Typed typed;
    const std::string why =
        refusal(typed.app, {std::string(flag) + "=" + value});
    CHECK(why.starts_with(std::string(flag) + ": "));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
