// SPDX-License-Identifier: MIT
#include "kube/page_walk.hpp"

#include <doctest/doctest.h>

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

  CHECK(walk.advance("t/1+2="));
  CHECK(walk.path() ==
        "/api/v1/namespaces/web/pods?labelSelector=a&limit=500&"
        "continue=t%2F1%2B2%3D");
  CHECK(walk.advance("t2"));
  CHECK(walk.path().ends_with("&continue=t2"));
  CHECK_FALSE(walk.advance(""));
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

TEST_CASE("pods without a UID are never taken for each other") {
  PageWalk walk({});
  CHECK(walk.is_new(pod_with("")));
  CHECK(walk.is_new(pod_with("")));
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
  for (int page = 0; page < 20; ++page) {
    REQUIRE(walk.advance("t"));
    REQUIRE(walk.recover(Status{.continue_token = "u"}));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
