// SPDX-License-Identifier: MIT
#include "kube/api/page_walk.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <functional>
#include <string>

namespace kprofefe::kube {
namespace {

Pod pod_with(const std::string& uid) {
  Pod pod;
  pod.uid = uid;
  return pod;
}

TEST_SUITE_BEGIN("kube::PageWalk");

TEST_CASE("the first page is asked for by namespace, selectors and limit") {
  struct Row {
    PodQuery query;
    const char* path = "";
  };

  const Row rows[] = {
      {{}, "/api/v1/pods?limit=500"},
      {{.ns = "web", .chunk_size = 10}, "/api/v1/namespaces/web/pods?limit=10"},
      {{.chunk_size = 0}, "/api/v1/pods"},
      {{.label_selector = "app in (a,b),!x",
        .field_selector = "status.phase=Running,spec.nodeName!=n&m"},
       "/api/v1/pods?labelSelector=app%20in%20%28a%2Cb%29%2C%21x&fieldSelector="
       "status.phase%3DRunning%2Cspec.nodeName%21%3Dn%26m&limit=500"},
      {{.ns = "web", .label_selector = "a=b", .chunk_size = 0},
       "/api/v1/namespaces/web/pods?labelSelector=a%3Db"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CHECK(PageWalk(row.query).path() == row.path);
  }
}

TEST_CASE("pages follow one another by their token, without other changes") {
  PageWalk walk({.ns = "web", .label_selector = "a"});

  CHECK(walk.advance("t/1+2=") == true);
  CHECK(walk.path() ==
        "/api/v1/namespaces/web/pods?labelSelector=a&limit=500&"
        "continue=t%2F1%2B2%3D");
  CHECK(walk.advance("t2") == true);
  CHECK(walk.path().ends_with("&continue=t2"));
  CHECK(walk.advance("") == false);
  CHECK(walk.pages() == 3);
  CHECK(walk.restarts() == 0);
}

TEST_CASE("an expired page goes on with the token that the server offers") {
  PageWalk walk({});
  REQUIRE(walk.advance("old"));

  CHECK(walk.recover(Status{.reason = "Expired", .continue_token = "new"}));
  CHECK(walk.path() == "/api/v1/pods?limit=500&continue=new");
  CHECK(walk.restarts() == 0);
}

TEST_CASE("without a token the list starts again, and skips what it had") {
  PageWalk walk({});
  CHECK(walk.is_new(pod_with("a")));
  CHECK(walk.is_new(pod_with("b")));
  REQUIRE(walk.advance("old"));

  CHECK(walk.recover(Status{.reason = "Expired"}));
  CHECK(walk.path() == "/api/v1/pods?limit=500");
  CHECK(walk.restarts() == 1);
  CHECK_FALSE(walk.is_new(pod_with("a")));
  CHECK(walk.is_new(pod_with("c")));
  CHECK_FALSE(walk.is_new(pod_with("b")));

  REQUIRE(walk.advance("t"));
  CHECK(walk.recover(std::nullopt));
  CHECK(walk.restarts() == 2);
}

TEST_CASE("pods without a UID are told apart by their names") {
  PageWalk walk({});
  CHECK(walk.is_new(Pod{.ns = "a", .name = "x"}));
  CHECK(walk.is_new(Pod{.ns = "a", .name = "y"}));
  CHECK(walk.is_new(Pod{.ns = "b", .name = "x"}));
  CHECK_FALSE(walk.is_new(Pod{.ns = "a", .name = "x"}));
}

TEST_CASE("410 for a first page helps nobody") {
  PageWalk walk({});
  CHECK_FALSE(walk.recover(Status{.continue_token = "x"}));
}

TEST_CASE("a server that expires everything is given up on") {
  PageWalk tokens({});
  REQUIRE(tokens.advance("t"));
  int recoveries = 0;
  while (tokens.recover(Status{.continue_token = "t"})) {
    REQUIRE(++recoveries < 10);
  }
  CHECK(recoveries == 3);

  PageWalk restarts({});
  int rounds = 0;
  REQUIRE(restarts.advance("t"));
  while (restarts.recover(std::nullopt)) {
    REQUIRE(++rounds < 10);
    REQUIRE(restarts.advance("t"));
  }
  CHECK(rounds == 3);
}

TEST_CASE("a long list may expire as often as it gets on") {
  PageWalk walk({});
  for (int page = 0; page < 200; ++page) {
    REQUIRE(walk.is_new(pod_with(fmt::format("u{}", page))));
    REQUIRE(walk.advance(fmt::format("t{}", page)) == true);
    REQUIRE(walk.recover(Status{.continue_token = fmt::format("u{}", page)}));
  }
}

TEST_CASE("honest lists of many pages come whole") {
  PageWalk walk({.chunk_size = 1});
  constexpr int k_pages = 5000;
  for (int page = 0; page < k_pages; ++page) {
    REQUIRE(walk.is_new(pod_with(fmt::format("u{}", page))));
    const std::string next = page + 1 < k_pages ? fmt::format("t{}", page) : "";
    REQUIRE(walk.advance(next) == !next.empty());
  }
}

/// Reads pages, of which `step` yields the token of the next, until the walk
/// gives up.
Result<bool> walk_on(PageWalk& walk,
                     const std::function<std::string(int)>& step) {
  constexpr int k_far_too_many = 3'000'000;
  for (int page = 0; page < k_far_too_many; ++page) {
    const Result<bool> goes_on = walk.advance(step(page));
    if (!goes_on) {
      return goes_on;
    }
  }
  return true;
}

TEST_CASE("a list whose pages lead nowhere ends") {
  struct Row {
    const char* name;
    std::function<std::string(PageWalk&, int)> step;
    const char* why;
  };

  const Row rows[] = {
      {"the same token again and again",
       [](PageWalk& walk, int) {
         walk.is_new(pod_with("a"));
         return std::string("t");
       },
       "the pod list does not end: page 2 repeats an earlier page"},
      {"the same token, each time with a new pod",
       [](PageWalk& walk, int page) {
         walk.is_new(pod_with(fmt::format("{}", page)));
         return std::string("t");
       },
       "the pod list does not end: page 2 repeats an earlier page"},
      {"tokens in a circle",
       [](PageWalk& walk, int page) {
         walk.is_new(pod_with("a"));
         return fmt::format("t{}", page % 3);
       },
       "the pod list does not end: page 4 repeats an earlier page"},
      {"new tokens for empty pages",
       [](PageWalk&, int page) { return fmt::format("t{}", page); },
       "the pod list does not end: 21 pages without a new pod"},
      {"new tokens for the same pods",
       [](PageWalk& walk, int page) {
         walk.is_new(pod_with("a"));
         return fmt::format("t{}", page);
       },
       "the pod list does not end: 21 pages without a new pod"},
      {"new tokens for the same pods without a UID",
       [](PageWalk& walk, int page) {
         walk.is_new(Pod{.ns = "n", .name = "a"});
         return fmt::format("t{}", page);
       },
       "the pod list does not end: 21 pages without a new pod"},
      {"more pods than a cluster can have",
       [](PageWalk& walk, int page) {
         for (int i = 0; i < 1000; ++i) {
           walk.is_new(pod_with(fmt::format("{}-{}", page, i)));
         }
         return fmt::format("t{}", page);
       },
       "the pod list does not end: more than 1000000 pods"},
  };
  for (const std::size_t chunk_size : {500U, 0U}) {
    for (const Row& row : rows) {
      CAPTURE(row.name);
      CAPTURE(chunk_size);
      PageWalk walk({.chunk_size = chunk_size});
      const Result<bool> end =
          walk_on(walk, [&](int page) { return row.step(walk, page); });
      REQUIRE_FALSE(end);
      CHECK(end.error().kind == ErrorKind::malformed);
      CHECK(end.error().message == row.why);
    }
  }
}

TEST_CASE("a list that starts again may go over what it had") {
  PageWalk walk({});
  constexpr int k_pages = 100;
  for (int start = 0; start < 3; ++start) {
    for (int page = 0; page < k_pages; ++page) {
      walk.is_new(pod_with(fmt::format("{}", page)));
      REQUIRE(walk.advance(fmt::format("t{}", page)) == true);
    }
    REQUIRE(walk.recover(std::nullopt));
  }
}

TEST_CASE("a list that expires and is idle in turns ends") {
  PageWalk walk({});
  int pages = 0;
  for (; pages < 1000; ++pages) {
    if (!walk.advance(fmt::format("t{}", pages)) ||
        !walk.recover(Status{.continue_token = fmt::format("u{}", pages)})) {
      break;
    }
  }
  CHECK(pages < 30);
}

TEST_CASE("what a page may weigh follows from the pods that it may hold") {
  constexpr std::size_t k_mib = std::size_t{1} << 20;
  CHECK(PageWalk({.chunk_size = 1}).max_page_bytes() == 16 * k_mib);
  CHECK(PageWalk({.chunk_size = 512}).max_page_bytes() == 64 * k_mib);
  CHECK(PageWalk({.chunk_size = 1000000}).max_page_bytes() == 1024 * k_mib);
  CHECK(PageWalk({.chunk_size = 0}).max_page_bytes() == 1024 * k_mib);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
