// SPDX-License-Identifier: MIT
#include "collect/verdict.hpp"
#include "support/sample_profiles.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::collect {
namespace {

using pprof::ProfileKind;

http::Response answer(int status, std::string body,
                      http::Headers headers = {}) {
  http::Response response;
  response.status = status;
  response.body.bytes = std::move(body);
  response.headers = std::move(headers);
  response.proven_complete = true;
  return response;
}

Verdict judge(ProfileKind kind, const http::Response& response,
              const pprof::CheckLimits& limits = {}) {
  pprof::BodyChecker checker(limits);
  return collect::judge(kind, response, checker);
}

std::string reason_of(const Verdict& verdict) {
  if (const auto* nothing = std::get_if<NothingThere>(&verdict)) {
    return "skip: " + nothing->reason;
  }
  if (const auto* busy = std::get_if<ProfilerBusy>(&verdict)) {
    return "busy: " + busy->reason;
  }
  if (const auto* error = std::get_if<Error>(&verdict)) {
    return "error: " + error->message;
  }
  return "good";
}

TEST_SUITE_BEGIN("collect::judge");

TEST_CASE("a profile with samples is good") {
  const Verdict verdict =
      judge(ProfileKind::heap, answer(200, test::small_heap_profile()));
  CHECK(reason_of(verdict) == "good");
}

TEST_CASE("a body is checked to its end, whatever its transport proved") {
  for (const bool proven : {true, false}) {
    http::Response whole = answer(200, test::small_heap_profile());
    whole.proven_complete = proven;
    CHECK(reason_of(judge(ProfileKind::heap, whole)) == "good");

    http::Response cut = answer(200, test::small_heap_profile());
    cut.proven_complete = proven;
    cut.body.bytes =
        std::string(cut.body.bytes.view().substr(0, cut.body.bytes.size() - 5));
    CHECK(reason_of(judge(ProfileKind::heap, cut)).starts_with("error: "));
  }
}

TEST_CASE("a trace that does not mark its end needs a transport that does") {
  struct Row {
    std::string_view trace;
    bool proven;
    const char* reason;
  };

  using std::string_view_literals::operator""sv;
  constexpr const char* k_may_be_cut =
      "error: the trace may be truncated: the connection was closed before its "
      "end was confirmed";
  for (const Row& row : {Row{"go 1.25 trace\0\0\0"sv, true, "good"},
                         Row{"go 1.25 trace\0\0\0"sv, false, k_may_be_cut},
                         Row{"go 1.26 trace\0\0\0\x34"sv, false, "good"}}) {
    CAPTURE(row.reason);
    http::Response response = answer(200, std::string(row.trace));
    response.proven_complete = row.proven;
    CHECK(reason_of(judge(ProfileKind::trace, response)) == row.reason);
  }
}

TEST_CASE("a limit that a profile exceeds is named with its flag") {
  const http::Response response = answer(200, test::small_heap_profile());
  CHECK(reason_of(
            judge(ProfileKind::heap, response, {.max_inflated_bytes = 100})) ==
        "error: profile too large: more than 100 bytes when decompressed; "
        "raise --max-inflated-size");
  const std::string reason =
      reason_of(judge(ProfileKind::heap, response, {.max_parsed_bytes = 100}));
  CHECK(
      reason.starts_with("error: profile too large: a server would need more "
                         "than 100 bytes to parse it ("));
  CHECK(reason.ends_with("; raise --max-parsed-size"));
}

struct Row {
  const char* name;
  ProfileKind kind;
  int status;
  std::string body;
  const char* words;
};

TEST_CASE("every other answer is told apart") {
  const Row rows[] = {
      {"not offered", ProfileKind::heap, 404, "404 page not found\n",
       "skip: not offered"},
      {"no samples", ProfileKind::mutex, 200, test::empty_profile(),
       "skip: no samples"},
      {"cpu busy", ProfileKind::cpu, 500,
       "Could not enable CPU profiling: cpu profiling already in use\n",
       "busy: Could not enable CPU profiling"},
      {"trace busy", ProfileKind::trace, 500,
       "Could not enable tracing: tracing already enabled\n", "busy: "},
      {"another 500", ProfileKind::cpu, 500, "out of cheese\nmore\n",
       "error: the pod returned status 500: out of cheese"},
      {"500 with a page", ProfileKind::cpu, 500, "<html>", "status 500"},
      {"login", ProfileKind::heap, 401, "who are you?", "status 401"},
      {"login page with 200", ProfileKind::heap, 200,
       "<!DOCTYPE html><title>Sign in</title>", "HTML"},
      {"text", ProfileKind::heap, 200, "hello\n", "error: not a profile"},
      {"nothing", ProfileKind::heap, 200, "", "error: "},
      {"write timeout", ProfileKind::cpu, 400,
       "profile duration exceeds server's WriteTimeout\n",
       "use a smaller --seconds"},
      {"trace for a heap", ProfileKind::heap, 200,
       std::string("go 1.26 trace\0\0\0\x34", 17),
       "not a profile but a runtime trace"},
      {"heap for a trace", ProfileKind::trace, 200, test::small_heap_profile(),
       "not a runtime trace but a profile"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const std::string reason =
        reason_of(judge(row.kind, answer(row.status, row.body)));
    CAPTURE(reason);
    CHECK(reason.find(row.words) != std::string::npos);
  }
}

TEST_CASE("the words of an error are told, whatever form they have") {
  const Row rows[] = {
      {"JSON over several lines", ProfileKind::heap, 500,
       "{\n  \"error\": \"profiling disabled\",\n  \"code\": 13\n}\n",
       "error: the pod returned status 500: profiling disabled"},
      {"a page of Go's", ProfileKind::heap, 503,
       "<html><head><title>Timeout</title></head><body><h1>Timeout</h1></body>",
       "error: the pod returned status 503: Timeout"},
      {"a page of a proxy", ProfileKind::heap, 403,
       "<html><head><title>Denied by Policy</title></head></html>",
       "error: the pod returned status 403: Denied by Policy; send "
       "credentials with --target-token-file or --target-header"},
      {"several lines", ProfileKind::cpu, 500, "out of\ncheese\n",
       "error: the pod returned status 500: out of cheese"},
      {"no words", ProfileKind::cpu, 500, "<html>",
       "error: the pod returned status 500"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(reason_of(judge(row.kind, answer(row.status, row.body))) ==
          row.words);
  }
}

TEST_CASE("who gave up while the profile was sampled wants a shorter one") {
  const std::string timeout_page =
      "<html><head><title>Timeout</title></head><body><h1>Timeout</h1></body>";
  const Row rows[] = {
      {"Envoy", ProfileKind::cpu, 504, "upstream request timeout", ""},
      {"a proxy without words", ProfileKind::trace, 504, "", ""},
      {"nginx", ProfileKind::cpu, 504,
       "<html><head><title>504 Gateway Time-out</title></head></html>", ""},
      {"Go's TimeoutHandler", ProfileKind::cpu, 503, timeout_page, ""},
      {"Envoy's stream", ProfileKind::cpu, 408, "stream timeout", ""},
      {"a framework", ProfileKind::cpu, 500,
       R"({"message":"context deadline exceeded"})", ""},
      {"Cloudflare", ProfileKind::cpu, 524, "", ""},
      {"a server without patience", ProfileKind::cpu, 502, "upstream timed out",
       ""},
  };
  constexpr std::string_view k_advice = "; use a smaller --seconds";
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(reason_of(judge(row.kind, answer(row.status, row.body)))
              .ends_with(k_advice));
    // What samples nothing is not cut for that.
    CHECK_FALSE(
        reason_of(judge(ProfileKind::heap, answer(row.status, row.body)))
            .contains("--seconds"));
  }
  for (const auto& [status, words] :
       {std::pair(503,
                  "upstream connect error or disconnect/reset before "
                  "headers. reset reason: connection timeout"),
        std::pair(502, "dial tcp 10.0.0.7:6060: i/o timeout"),
        std::pair(503, "no healthy upstream"), std::pair(500, "boom")}) {
    CAPTURE(words);
    CHECK_FALSE(reason_of(judge(ProfileKind::cpu, answer(status, words)))
                    .contains("--seconds"));
  }
}

TEST_CASE("a busy profiler passes on how long to wait") {
  const Verdict verdict =
      judge(ProfileKind::cpu, answer(429, "", {{"Retry-After", "3"}}));
  const auto* busy = std::get_if<ProfilerBusy>(&verdict);
  REQUIRE(busy != nullptr);
  CHECK(busy->wait == std::chrono::seconds(3));
  CHECK(busy->reason == "the pod returned status 429");
}

TEST_CASE("a picture names the header that asks for the profile") {
  const std::string advice =
      "--target-header 'Content-Type: application/protobuf'";
  CHECK(reason_of(judge(ProfileKind::cpu,
                        answer(200, "<?xml version=\"1.0\"?>\n<svg></svg>")))
            .contains(advice));
  CHECK(reason_of(judge(ProfileKind::cpu,
                        answer(200, "<svg><title>a</title></svg>",
                               {{"Content-Type", "image/svg+xml"}})))
            .contains(advice));
  CHECK_FALSE(reason_of(judge(ProfileKind::cpu, answer(200, "<html>")))
                  .contains(advice));
}

TEST_CASE("a goroutine dump begins as one") {
  const auto judged = [](std::string body) {
    return reason_of(
        judge_text(Form::goroutine_dump, answer(200, std::move(body))));
  };
  CHECK(judged("goroutine 1 [running]:\n") == "good");
  CHECK(judged("<title>Sign in</title>") ==
        "error: not a goroutine dump but an HTML page: Sign in");
  CHECK(judged(test::small_heap_profile()) ==
        "error: not a goroutine dump but gzip: the program ignores ?debug=2");
  CHECK(judged("goroutine profile: total 5\n5 @ 0x1\n")
            .starts_with("error: not a goroutine dump but a goroutine profile "
                         "in Go's text format (debug=1)"));
  CHECK(judged("").starts_with("error: not a goroutine dump"));
  CHECK(reason_of(judge_text(Form::goroutine_dump, answer(404, ""))) ==
        "skip: not offered (404)");
  CHECK(reason_of(judge_text(Form::goroutine_dump, answer(403, "")))
            .contains("--target-token-file"));
}

TEST_CASE("what is no dump is known by its begin") {
  CHECK(check_text_start(Form::goroutine_dump, "goroutine 1 [running]:\n"));
  const auto page = check_text_start(Form::goroutine_dump, "<html>");
  REQUIRE_FALSE(page);
  CHECK(page.error().message.starts_with("not a goroutine dump but"));
  CHECK(check_text_start(Form::index, "<html>"));
}

TEST_CASE("an index names a profile") {
  CHECK(reason_of(judge_text(
            Form::index,
            answer(200, "<td>5</td><a href='heap?debug=1'>heap</a>"))) ==
        "good");
  CHECK(reason_of(judge_text(Form::index, answer(200, "<html>hello"))) ==
        "error: not an index of profiles but an HTML page: <html>hello");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
