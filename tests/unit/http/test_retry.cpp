// SPDX-License-Identifier: MIT
#include "http/retry.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <limits>
#include <optional>
#include <string>

namespace kprofefe::http {
namespace {

using namespace std::chrono_literals;

Response response(int status, Headers headers = {}) {
  Response response;
  response.status = status;
  response.headers = std::move(headers);
  return response;
}

TEST_SUITE_BEGIN("http::retry");

TEST_CASE("is_retryable tells what waiting may cure") {
  struct Row {
    int status;
    bool is_retryable;
  };

  const Row rows[] = {{200, false}, {204, false}, {302, false}, {400, false},
                      {401, false}, {403, false}, {404, false}, {408, true},
                      {409, false}, {410, false}, {413, false}, {429, true},
                      {499, false}, {500, true},  {502, true},  {503, true},
                      {504, true},  {599, true},  {600, false}};
  for (const Row& row : rows) {
    CAPTURE(row.status);
    CHECK(is_retryable(response(row.status)) == row.is_retryable);
  }
}

TEST_CASE("of failed transfers only those of the network can pass") {
  struct Row {
    ErrorKind kind;
    bool is_retryable;
  };

  const Row rows[] = {
      {ErrorKind::unreachable, true}, {ErrorKind::network, true},
      {ErrorKind::timeout, true},     {ErrorKind::malformed, false},
      {ErrorKind::cancelled, false},  {ErrorKind::config, false},
  };
  for (const Row& row : rows) {
    CAPTURE(static_cast<int>(row.kind));
    CHECK(is_retryable(fail(row.kind, "x")) == row.is_retryable);
  }
}

TEST_CASE("retry_after reads whole seconds and nothing else") {
  struct Row {
    std::string header;
    std::optional<std::chrono::milliseconds> wait;
  };

  const Row rows[] = {
      {"0", 0ms},
      {"7", 7s},
      {" 120 ", 120s},
      {"-1", std::nullopt},
      {"+1", std::nullopt},
      {"1.5", std::nullopt},
      {"", std::nullopt},
      {"soon", std::nullopt},
      {"7s", std::nullopt},
      {"Wed, 21 Oct 2026 07:28:00 GMT", std::nullopt},
      {"99999999999999999999", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.header);
    const auto wait = retry_after(response(429, {{"retry-after", row.header}}));
    CHECK((wait == row.wait));
  }
  CHECK_FALSE(retry_after(response(429)));
}

TEST_CASE("retry_delay doubles up to its limit") {
  const RetryPolicy policy{
      .attempts = 9, .first_delay = 500ms, .max_delay = 10s};

  struct Row {
    int attempt;
    std::chrono::milliseconds delay;
  };

  const Row rows[] = {
      {0, 500ms}, {1, 500ms}, {2, 1s},
      {3, 2s},    {5, 8s},    {6, 10s},
      {7, 10s},   {64, 10s},  {std::numeric_limits<int>::max(), 10s}};
  for (const Row& row : rows) {
    CAPTURE(row.attempt);
    const Response busy = response(503);
    CHECK((retry_delay(policy, row.attempt, &busy) == row.delay));
    CHECK((retry_delay(policy, row.attempt, nullptr) == row.delay));
  }
}

TEST_CASE("retry_delay obeys Retry-After, up to its limit") {
  const RetryPolicy policy{
      .attempts = 9, .first_delay = 500ms, .max_delay = 10s};

  struct Row {
    const char* header;
    std::chrono::milliseconds delay;
  };

  const Row rows[] = {
      {"0", 0ms}, {"3", 3s}, {"10", 10s}, {"3600", 10s}, {"soon", 1s}};
  for (const Row& row : rows) {
    CAPTURE(row.header);
    const Response answer = response(429, {{"Retry-After", row.header}});
    CHECK((retry_delay(policy, 2, &answer) == row.delay));
  }
}

}  // namespace
}  // namespace kprofefe::http
