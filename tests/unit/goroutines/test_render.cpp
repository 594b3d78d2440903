// SPDX-License-Identifier: MIT
#include "dumps.hpp"

#include "goroutines/render.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace kprofefe::goroutines {
namespace {

using test::add_dump;
using test::waiting;

using Render = bool (*)(const Groups&, SortBy, const Sink&);

std::string rendered(Render render, const Groups& groups) {
  std::string text;
  CHECK(render(groups, SortBy::count, [&](std::string_view piece) {
    text += piece;
    return true;
  }));
  return text;
}

Groups two_pods(GroupOptions options = {}) {
  Groups groups(std::move(options));
  add_dump(groups,
           waiting(1, "select, 75 minutes") + waiting(2, "chan receive") +
               waiting(3, "select"),
           {.name = "pod/api-0", .ns = "shop", .pod = "api-0"});
  add_dump(groups,
           waiting(1, "select, locked to thread") +
               waiting(2, "sleep", "main.other"),
           {.name = "pod/api-1", .ns = "shop", .pod = "api-1"});
  return groups;
}

TEST_SUITE_BEGIN("goroutines::render");

TEST_CASE("text has a line and a stack for each group") {
  CHECK(rendered(render_text, two_pods()) ==
        "2 pods: 5 goroutines in 2 groups\n"
        "\n"
        "4 goroutines  select 3, chan receive 1  longest 1h15m  1 locked to "
        "thread  (pods: api-0 3, api-1 1)\n"
        "    main.wait              /src/wait.go:12\n"
        "    created by main.start  /src/main.go:7\n"
        "\n"
        "1 goroutine  sleep  (pods: api-1 1)\n"
        "    main.wait              /src/wait.go:12\n"
        "    created by main.other  /src/main.go:7\n");
}

TEST_CASE("the head says what the filter has left") {
  const std::string text =
      rendered(render_text, two_pods({.filter = {.least_minutes = 1}}));
  CHECK(text.starts_with("2 pods: 1 of 5 goroutines in 1 of 2 groups\n"));
}

TEST_CASE("one source is named, and not with every group") {
  Groups groups({});
  add_dump(groups, waiting(1, "select"), {.name = "dump.txt"});
  const std::string text = rendered(render_text, groups);
  CHECK(text.starts_with("dump.txt: 1 goroutine in 1 group\n"));
  CHECK_FALSE(text.contains("sources:"));
}

TEST_CASE("pods of several namespaces are named with them, the first ten") {
  Groups groups({});
  for (int i = 0; i < 12; ++i) {
    add_dump(groups, waiting(1, "select"),
             {.name = "pod/api", .ns = "ns" + std::to_string(i), .pod = "api"});
  }
  const std::string text = rendered(render_text, groups);
  CHECK(text.contains("(pods: ns0/api 1, ns1/api 1,"));
  CHECK(text.contains("ns7/api 1, and 2 more)\n"));
}

TEST_CASE("what a program names does not steer a terminal") {
  Groups groups({});
  add_dump(groups, "goroutine 1 [\x1b[31m]:\nmain.\x1b()\n\t/\x1b:1 +0x1\n\n");
  CHECK_FALSE(rendered(render_text, groups).contains('\x1b'));
  CHECK_FALSE(rendered(render_json, groups).contains('\x1b'));
}

TEST_CASE("JSON has every goroutine") {
  const std::string text =
      rendered(render_json, two_pods({.keeps_members = true}));
  const auto json = nlohmann::json::parse(text);
  CHECK(json["goroutines"] == 5);
  CHECK(json["kept"] == 5);
  CHECK(json["sources"][1] == nlohmann::json{{"name", "pod/api-1"},
                                             {"namespace", "shop"},
                                             {"pod", "api-1"},
                                             {"goroutines", 2},
                                             {"truncated", false}});
  const auto& group = json["groups"][0];
  CHECK(group["count"] == 4);
  CHECK(group["longest_wait_minutes"] == 75);
  CHECK(group["locked_to_thread"] == 1);
  CHECK(group["states"][0] == nlohmann::json{{"state", "select"},
                                             {"count", 3},
                                             {"longest_wait_minutes", 75}});
  CHECK(group["sources"][1]["pod"] == "api-1");
  CHECK(group["frames"][0] == nlohmann::json{{"function", "main.wait"},
                                             {"file", "/src/wait.go"},
                                             {"line", 12}});
  CHECK(group["created_by"]["function"] == "main.start");
  REQUIRE(group["goroutines"].size() == 4);
  CHECK(group["goroutines"][0] == nlohmann::json{{"id", 1},
                                                 {"state", "select"},
                                                 {"wait_minutes", 75},
                                                 {"locked_to_thread", false},
                                                 {"namespace", "shop"},
                                                 {"pod", "api-0"}});
}

TEST_CASE("JSON of nothing is JSON") {
  const auto json =
      nlohmann::json::parse(rendered(render_json, Groups(GroupOptions{})));
  CHECK(json["groups"].empty());
}

TEST_CASE("a sink that takes no more ends it") {
  for (const Render render : {Render{render_text}, Render{render_json}}) {
    int calls = 0;
    CHECK_FALSE(render(two_pods(), SortBy::count,
                       [&](std::string_view) { return ++calls < 2; }));
    CHECK(calls == 2);
  }
}

TEST_CASE("what is missing is said") {
  Groups groups({.max_bytes = 0});
  add_dump(groups, waiting(1, "select") + "goroutine 2 [sel",
           {.name = "pod/api-0"});
  const auto missing = missing_in(groups);
  REQUIRE(missing.size() == 2);
  CHECK(missing[0].starts_with("pod/api-0: the dump ends within a goroutine"));
  CHECK(missing[1].starts_with("1 goroutine not shown"));
  CHECK(missing_in(two_pods()).empty());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::goroutines
