// SPDX-License-Identifier: MIT
#include "collect/verdict.hpp"
#include "support/sample_profiles.hpp"

#include <doctest/doctest.h>

#include <string>

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

TEST_CASE("a body of unproven length is checked to its end") {
  http::Response whole = answer(200, test::small_heap_profile());
  whole.proven_complete = false;
  CHECK(reason_of(judge(ProfileKind::heap, whole)) == "good");

  http::Response cut = answer(200, test::small_heap_profile());
  cut.proven_complete = false;
  cut.body.bytes =
      std::string(cut.body.bytes.view().substr(0, cut.body.bytes.size() - 5));
  CHECK(reason_of(judge(ProfileKind::heap, cut)).starts_with("error: "));
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
       "error: the pod answers with status 500: out of cheese"},
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
       std::string("go 1.26 trace\0\0\0more", 20),
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

TEST_CASE("a redirect names where it leads") {
  const std::string reason = reason_of(
      judge(ProfileKind::heap,
            answer(302, "", {{"Location", "https://elsewhere.example/"}})));
  CHECK(reason.find("redirects to https://elsewhere.example/") !=
        std::string::npos);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
