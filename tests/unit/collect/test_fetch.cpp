// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "collect/fetch.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::collect {
namespace {

using namespace std::chrono_literals;
using pprof::ProfileKind;

/// A way on which every request comes to the same failure.
class Obstructed final : public Connection {
 public:
  explicit Obstructed(RouteError failure) : obstacle_(std::move(failure)) {}

  async::Task<Answer> get(std::string /*path*/,
                          http::Limits /*limits*/) override {
    co_return std::unexpected(obstacle_);
  }

  [[nodiscard]] std::string_view via() const override { return "pod-ip"; }

 private:
  RouteError obstacle_;
};

/// What is told of `failure` when 30 s were to be sampled, or nothing.
std::string told(ProfileKind kind, RouteError failure) {
  async::Loop loop;
  Obstructed connection(std::move(failure));
  const Target target;
  const FetchOptions options;
  const bool samples = pprof::samples_over_time(kind);
  const Fetch fetch{.kind = kind, .sampling = samples ? 30s : 0s};
  const Fetched fetched =
      loop.run(fetch_profile(&connection, &target, fetch, true, &options));
  REQUIRE(std::holds_alternative<RouteError>(fetched));
  return std::get<RouteError>(fetched).error.message;
}

RouteError cut_after(std::chrono::milliseconds waited, bool is_explained) {
  return {.error = {ErrorKind::network, "cut"},
          .waited = waited,
          .is_explained = is_explained};
}

TEST_SUITE_BEGIN("collect::fetch_profile");

TEST_CASE("a connection that is cut leads to the advice that can help") {
  struct Row {
    const char* name;
    ProfileKind kind;
    std::chrono::milliseconds waited;
    bool is_explained;
    const char* told;
  };

  const Row rows[] = {
      {"within the sampling: how long it may take", ProfileKind::cpu, 10'020ms,
       false, "cut; cut off 10.0s into a 30s profile: use --seconds 8"},
      {"also when the reason is known", ProfileKind::cpu, 20'000ms, true,
       "cut; cut off 20s into a 30s profile: use --seconds 16"},
      {"a trace samples, too", ProfileKind::trace, 5'000ms, false,
       "cut; cut off 5s into a 30s profile: use --seconds 4"},
      {"at once: no number of seconds is small enough", ProfileKind::cpu, 300ms,
       false, "cut"},
      {"after the sampling: the program's server", ProfileKind::cpu, 30'100ms,
       false,
       "cut; if the program's HTTP server has a WriteTimeout, use a smaller "
       "--seconds"},
      {"not when somebody else has ended it", ProfileKind::cpu, 30'100ms, true,
       "cut"},
      {"a snapshot takes no seconds", ProfileKind::heap, 10'000ms, false,
       "cut"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(told(row.kind, cut_after(row.waited, row.is_explained)) == row.told);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
