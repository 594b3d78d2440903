// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "collect/selection.hpp"
#include "http/client.hpp"
#include "kube/api.hpp"
#include "support/http_server.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace kprofefe::collect {
namespace {

using namespace std::chrono_literals;
using test::Connection;
using test::HttpServer;
using test::Received;

using Names = std::vector<std::string>;

std::string name_in(const Received& request) {
  return request.target.substr(request.target.rfind('/') + 1);
}

void send_pod(Connection& connection, const std::string& name) {
  connection.reply(
      200, fmt::format(R"({{"kind":"Pod","metadata":{{"namespace":"shop",)"
                       R"("name":"{}"}},"status":{{"phase":"Running"}}}})",
                       name));
}

void send_not_found(Connection& connection, const std::string& name) {
  connection.reply(404, fmt::format(R"({{"kind":"Status","reason":"NotFound",)"
                                    R"("message":"pods \"{}\" not found"}})",
                                    name));
}

/// A server of pods, of which those named `no...` are missing.
void serve_pods(Connection& connection, const Received& request) {
  const std::string name = name_in(request);
  if (name.starts_with("no")) {
    send_not_found(connection, name);
  } else {
    send_pod(connection, name);
  }
}

/// The pods of `names` in the namespace shop, from the API of a server.
Result<Selected> select_named(const HttpServer& server, Names names) {
  async::Loop loop;
  Env env = Env::of_process();
  http::Client client{loop, "kprofefe-test/1", env};
  kube::ClusterConfig cluster;
  cluster.server = *http::parse_url(server.url());
  cluster.tls = std::make_shared<http::Tls>();
  cluster.credentials = kube::fixed_credentials("");
  kube::Api api(&client, std::move(cluster), {});
  return loop.run(select_pods(&api, {.ns = "shop", .names = std::move(names)},
                              {.needs_ip = false}));
}

Names pods_of(const Selected& selected) {
  Names names;
  for (const Target& target : selected.targets) {
    names.push_back(target.pod);
  }
  return names;
}

TEST_SUITE_BEGIN("collect::select_pods");

TEST_CASE("a named pod that is missing is no target and harms no other") {
  const HttpServer server(serve_pods);

  const auto selected =
      select_named(server, {"no-1", "cart", "no-2", "api", "cart"});

  REQUIRE(selected);
  CHECK(selected->pods_seen == 2);
  CHECK(pods_of(*selected) == Names{"cart", "api"});
  REQUIRE(selected->not_targets.size() == 2);
  CHECK(selected->not_targets[0].pod == "no-1");
  CHECK(selected->not_targets[1].pod == "no-2");
  CHECK(selected->not_targets[0].ns == "shop");
  CHECK(selected->not_targets[0].why == WhyNot::missing);
  CHECK(selected->not_targets[0].named);
  CHECK(selected->not_targets[0].reason ==
        "pod \"no-1\" not found in namespace \"shop\"");
  CHECK(server.requests().size() == 4);
}

TEST_CASE("named pods of which not one is there are an error") {
  const HttpServer server(serve_pods);

  const auto selected = select_named(server, {"no-1", "no-2"});

  REQUIRE_FALSE(selected);
  CHECK(selected.error().kind == ErrorKind::not_found);
  CHECK(selected.error().message ==
        "pod \"no-1\" not found in namespace \"shop\"; "
        "pod \"no-2\" not found in namespace \"shop\"");
}

TEST_CASE("named pods are asked for at the same time, and keep their order") {
  std::atomic<int> waiting = 0;
  std::atomic<int> answered = 0;
  const auto wait_until = [](const std::atomic<int>& count, int wanted) {
    for (int i = 0; i < 60'000 && count < wanted; ++i) {
      std::this_thread::sleep_for(1ms);
    }
    return count >= wanted;
  };
  const HttpServer server([&](Connection& connection, const Received& request) {
    // None is answered before all have asked, and the first one last.
    ++waiting;
    const std::string name = name_in(request);
    if (!wait_until(waiting, 3) || (name == "a" && !wait_until(answered, 2))) {
      connection.reply(400, "one after the other");
      return;
    }
    send_pod(connection, name);
    ++answered;
  });

  const auto selected = select_named(server, {"a", "b", "c"});

  REQUIRE(selected);
  CHECK(pods_of(*selected) == Names{"a", "b", "c"});
}

TEST_CASE(
    "what is wrong with the API server ends a selection of names, and "
    "leaves what came before") {
  struct Row {
    int status;
    const char* body;
    ErrorKind kind;
  };

  const Row rows[] = {
      {401, R"({"kind":"Status","message":"Unauthorized"})", ErrorKind::denied},
      {403, R"({"kind":"Status","message":"no"})", ErrorKind::denied},
      {404, "404 page not found\n", ErrorKind::http_status},
  };
  for (const Row& row : rows) {
    CAPTURE(row.status);
    CAPTURE(row.body);
    const HttpServer server(
        [&](Connection& connection, const Received& request) {
          if (name_in(request) == "refused") {
            connection.reply(row.status, row.body);
          } else {
            serve_pods(connection, request);
          }
        });
    const auto none = select_named(server, {"no-1", "refused"});
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == row.kind);

    const auto some = select_named(server, {"cart", "no-1", "refused"});
    REQUIRE(some);
    CHECK(pods_of(*some) == Names{"cart"});
    CHECK(some->not_targets.size() == 1);
    REQUIRE(some->list_failure);
    CHECK(some->list_failure->kind == row.kind);
  }
}

TEST_CASE("pods are not asked for any more once the API server refuses") {
  const HttpServer server([](Connection& connection, const Received&) {
    connection.reply(403, R"({"kind":"Status","message":"no"})");
  });
  Names names;
  for (int i = 0; i < 200; ++i) {
    names.push_back(fmt::format("p{}", i));
  }

  const auto selected = select_named(server, names);

  REQUIRE_FALSE(selected);
  CHECK(selected.error().message.contains("\"p0\""));
  CHECK(server.requests().size() < 50);
}

/// A page of one pod, and the token of the next.
std::string page_of(const std::string& name, const std::string& next) {
  return fmt::format(
      R"({{"kind":"PodList","metadata":{{"continue":"{}"}},"items":[{{)"
      R"("metadata":{{"namespace":"shop","name":"{}","annotations":)"
      R"({{"profefe.com/enable":"true"}}}},"status":{{"phase":"Running"}}}}]}})",
      next, name);
}

TEST_CASE(
    "what was listed before a page failed is selected, with the failure") {
  struct Row {
    const char* name;
    int status;
    std::string second_page;
    ErrorKind kind;
  };

  const Row rows[] = {
      {"refused", 403, R"({"kind":"Status","message":"no"})",
       ErrorKind::denied},
      {"an error", 400, R"({"kind":"Status","message":"broken"})",
       ErrorKind::http_status},
      {"no JSON", 200, "{", ErrorKind::malformed},
      {"the first page again", 200, page_of("a", "t"), ErrorKind::malformed},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const HttpServer server(
        [&](Connection& connection, const Received& request) {
          const bool is_second = request.target.contains("continue=");
          connection.reply(is_second ? row.status : 200,
                           is_second ? row.second_page : page_of("a", "t"));
        });
    const auto selected = select_named(server, {});
    REQUIRE(selected);
    CHECK(pods_of(*selected) == Names{"a"});
    REQUIRE(selected->list_failure);
    CHECK(selected->list_failure->kind == row.kind);
  }
}

TEST_CASE("a list that fails before its first pod is an error") {
  const HttpServer server([](Connection& connection, const Received&) {
    connection.reply(403, R"({"kind":"Status","message":"no"})");
  });

  CHECK_FALSE(select_named(server, {}));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
