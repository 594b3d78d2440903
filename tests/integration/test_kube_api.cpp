// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "base/base64.hpp"
#include "base/file.hpp"
#include "http/client.hpp"
#include "kube/api.hpp"
#include "kube/auth/oidc_credentials.hpp"
#include "kube/auth/token_file.hpp"
#include "support/forward_end.hpp"
#include "support/http_server.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace kprofefe::kube {
namespace {

using namespace std::chrono_literals;
using test::Connection;
using test::HttpServer;
using test::Received;
using test::Scratch;

std::string pod_json(int number) {
  return fmt::format(
      R"({{"metadata":{{"namespace":"web","name":"p{0}","uid":"u{0}"}},)"
      R"("spec":{{"containers":[]}},"status":{{"phase":"Running"}}}})",
      number);
}

/// Pods `first` to `last`, and the token of the next page.
std::string page_json(int first, int last, const std::string& next = "") {
  std::string items;
  for (int i = first; i <= last; ++i) {
    items += (items.empty() ? "" : ",") + pod_json(i);
  }
  return fmt::format(
      R"({{"kind":"PodList","apiVersion":"v1","metadata":{{"continue":"{}"}},)"
      R"("items":[{}]}})",
      next, items);
}

std::string status_json(const std::string& reason, const std::string& message,
                        const std::string& next = "") {
  return fmt::format(
      R"({{"kind":"Status","metadata":{{"continue":"{}"}},"reason":"{}",)"
      R"("message":"{}"}})",
      next, reason, message);
}

using Answer = std::function<void(Connection&, const Received&)>;

Answer answer(
    int status, const std::string& body,
    const std::vector<std::pair<std::string, std::string>>& headers = {}) {
  return [=](Connection& connection, const Received&) {
    connection.reply(status, body, headers);
  };
}

/// A server that answers request after request by a script, and a client of
/// its API.
struct World {
  explicit World(std::vector<Answer> answers)
      : script(std::move(answers)),
        server([this](Connection& connection, const Received& request) {
          const std::size_t at = next++;
          if (at < script.size()) {
            script[at](connection, request);
          } else {
            connection.reply(599, "beyond the end of the script");
          }
        }) {
    cluster.server = *http::parse_url(server.url() + "/prefix");
    cluster.tls = std::make_shared<http::Tls>();
    cluster.credentials = fixed_credentials("");
    cluster.source = "context \"x\" of /k";
    cluster.identity = "the token of user \"u\" in /k";
  }

  Api api() {
    ApiOptions options;
    options.retry = {.attempts = 3, .first_delay = 1ms, .max_delay = 5ms};
    options.stop = stop.get_token();
    options.on_warning = [this](std::string_view text) {
      warnings.emplace_back(text);
    };
    return {&client, cluster, options};
  }

  Result<ListSummary> list(PodQuery query = {.ns = "web", .chunk_size = 2}) {
    Api one = api();
    return loop.run(one.list_pods(std::move(query), [this](Pod&& pod) {
      names.push_back(std::move(pod.name));
    }));
  }

  [[nodiscard]] std::vector<std::string> targets() const {
    std::vector<std::string> all;
    for (const Received& request : server.requests()) {
      all.push_back(request.target);
    }
    return all;
  }

  std::atomic<std::size_t> next = 0;
  std::vector<Answer> script;
  HttpServer server;
  async::Loop loop;
  Env env = Env::of_process();
  http::Client client{loop, "kprofefe-test/1", env};
  std::stop_source stop;
  ClusterConfig cluster;
  std::vector<std::string> names;
  std::vector<std::string> warnings;
};

using Names = std::vector<std::string>;

/// Has a second token for when the first is rejected.
class Second final : public CredentialSource {
 public:
  async::Task<Result<Credential>> current(Access /*access*/) override {
    co_return Credential{.authorization = token_};
  }

  async::Task<Result<bool>> renew(Access /*access*/,
                                  Credential /*rejected*/) override {
    token_ = "second";
    co_return true;
  }

 private:
  std::string token_ = "first";
};

TEST_SUITE_BEGIN("kube::Api");

TEST_CASE("a list goes from page to page") {
  World world({answer(200, page_json(1, 2, "t1")),
               answer(200, page_json(3, 4, "t2")),
               answer(200, page_json(5, 5))});

  const Result<ListSummary> summary = world.list();

  REQUIRE(summary);
  CHECK(summary->pods == 5);
  CHECK(summary->pages == 3);
  CHECK(world.names == Names{"p1", "p2", "p3", "p4", "p5"});
  CHECK(world.targets() ==
        Names{"/prefix/api/v1/namespaces/web/pods?limit=2",
              "/prefix/api/v1/namespaces/web/pods?limit=2&continue=t1",
              "/prefix/api/v1/namespaces/web/pods?limit=2&continue=t2"});
  const Received first = world.server.requests()[0];
  CHECK(first.header("Accept") == "application/json");
  CHECK(first.header("User-Agent") == "kprofefe-test/1");
  CHECK(first.header("Authorization").empty());
  CHECK(world.server.connections() == 1);
}

TEST_CASE("410 goes on with the token that comes with it") {
  World world({answer(200, page_json(1, 2, "old")),
               answer(410, status_json("Expired", "too old", "new")),
               answer(200, page_json(3, 3))});

  const Result<ListSummary> summary = world.list();

  REQUIRE(summary);
  CHECK(summary->restarts == 0);
  CHECK(world.names == Names{"p1", "p2", "p3"});
  CHECK(world.targets().back().ends_with("&continue=new"));
}

TEST_CASE("410 without a token starts again and repeats no pod") {
  World world({answer(200, page_json(1, 2, "old")),
               answer(410, status_json("Expired", "too old")),
               answer(200, page_json(2, 3, "t2")),
               answer(200, page_json(4, 4))});

  const Result<ListSummary> summary = world.list();

  REQUIRE(summary);
  CHECK(summary->restarts == 1);
  CHECK(summary->pods == 4);
  CHECK(world.names == Names{"p1", "p2", "p3", "p4"});
  CHECK(world.targets()[2] == "/prefix/api/v1/namespaces/web/pods?limit=2");
}

TEST_CASE("410 for ever is given up on") {
  World world({answer(410, status_json("Expired", "the list is too old"))});

  const Result<ListSummary> summary = world.list();

  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::http_status);
  CHECK(summary.error().message.ends_with("returned 410: the list is too old"));
}

TEST_CASE("429 with Retry-After is asked ten times, and passes") {
  std::vector<Answer> script(9,
                             answer(429, "too many", {{"Retry-After", "0"}}));
  script.push_back(answer(200, page_json(1, 1)));
  World world(script);

  CHECK(world.list());
  CHECK(world.names == Names{"p1"});
  CHECK(world.server.requests().size() == 10);
}

TEST_CASE("5xx is asked again a few times, then said") {
  World world({answer(500, status_json("", "etcd is tired")), answer(503, ""),
               answer(200, page_json(1, 1))});
  CHECK(world.list());

  World broken({answer(500, status_json("", "etcd is tired")),
                answer(500, status_json("", "etcd is tired")),
                answer(500, status_json("", "etcd is tired")),
                answer(200, page_json(1, 1))});
  const Result<ListSummary> summary = broken.list();
  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::http_status);
  CHECK(summary.error().message ==
        "list pods in namespace \"web\": " + broken.server.url() +
            " returned 500: etcd is tired");
  CHECK(broken.server.requests().size() == 3);
}

TEST_CASE("a list whose pages repeat ends, and what it brought is there") {
  World world(
      {answer(200, page_json(1, 2, "t")), answer(200, page_json(3, 4, "t"))});

  const Result<ListSummary> summary = world.list();

  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::malformed);
  CHECK(summary.error().message ==
        "list pods in namespace \"web\" from " + world.server.url() +
            ": the pod list does not end: page 2 repeats an earlier page; is a "
            "proxy in front of the API server? --chunk-size 0 lists all pods "
            "in one request");
  CHECK(world.names == Names{"p1", "p2", "p3", "p4"});
}

TEST_CASE("a server that sends pages nobody asked for is followed, and ends") {
  World world(
      {answer(200, page_json(1, 1, "t1")), answer(200, page_json(2, 2, "t1"))});

  CHECK_FALSE(world.list({.ns = "web", .chunk_size = 0}));

  CHECK(world.targets().back() ==
        "/prefix/api/v1/namespaces/web/pods?continue=t1");
  CHECK(world.names == Names{"p1", "p2"});
}

TEST_CASE("a page that is larger than its pods can be is not read") {
  World world({answer(200, std::string((std::size_t{16} << 20) + 1, ' '))});

  const Result<ListSummary> summary = world.list();

  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::malformed);
  CHECK(summary.error().message ==
        "list pods in namespace \"web\" from " + world.server.url() +
            ": the body is larger than 16777216 bytes; lower --chunk-size "
            "to list fewer pods at a time");
}

std::pair<std::string, std::string> warning(const std::string& text) {
  return {"Warning", "299 - \"" + text + "\""};
}

TEST_CASE("what the API server warns of is told once, whatever brings it") {
  World world({answer(401, status_json("", "Unauthorized"), {warning("a")}),
               answer(200, page_json(1, 2, "t1"), {warning("b")}),
               answer(200, page_json(3, 3), {warning("b"), warning("c")})});
  world.cluster.credentials = std::make_shared<Second>();

  CHECK(world.list());

  CHECK(world.warnings == Names{"a", "b", "c"});
}

TEST_CASE("of a pod's answers only the API server's own can warn") {
  World world({answer(200, "profile", {warning("of the pod")}),
               answer(503, status_json("", "no endpoints"), {warning("a")})});
  Api api = world.api();
  const http::Request get = api.request(pod_proxy_path("web", "p", 6060));

  CHECK(world.loop.run(api.send_to_pod(get)));
  CHECK(world.warnings.empty());
  CHECK(world.loop.run(api.send_to_pod(get)));
  CHECK(world.warnings == Names{"a"});
}

TEST_CASE("a WebSocket may come with a warning") {
  World world({[](Connection& connection, const Received& request) {
    const test::ForwardEnd end(connection, request, std::nullopt,
                               "Warning: 299 - \"a\"\r\n");
  }});
  Api api = world.api();

  const auto opened = world.loop.run(api.open_websocket("/x", "p", 5s, {}));

  REQUIRE(opened);
  CHECK(std::holds_alternative<std::shared_ptr<http::WebSocket>>(*opened));
  CHECK(world.warnings == Names{"a"});
}

TEST_CASE("a refused WebSocket may bring a warning") {
  World world({answer(403, status_json("Forbidden", "no"), {warning("a")})});
  Api api = world.api();

  CHECK(world.loop.run(api.open_websocket("/x", "p", 5s, {})));

  CHECK(world.warnings == Names{"a"});
}

TEST_CASE("a stop ends the waiting between two tries") {
  World world({answer(429, "", {{"Retry-After", "60"}})});
  ApiOptions options;
  options.stop = world.stop.get_token();
  world.script[0] = [&](Connection& connection, const Received&) {
    connection.reply(429, "", {{"Retry-After", "60"}});
    world.stop.request_stop();
  };
  Api api(&world.client, world.cluster, options);

  const Result<ListSummary> summary =
      world.loop.run(api.list_pods({}, [](Pod&&) {}));

  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::cancelled);
}

TEST_CASE("a rejected token is read again, once, and only when it changed") {
  const Scratch scratch;
  const std::string path = scratch.write("token", "old");
  World world({[&](Connection& connection, const Received&) {
                 static_cast<void>(scratch.write("token", "new"));
                 connection.reply(401, status_json("", "Unauthorized"));
               },
               answer(200, page_json(1, 1)),
               answer(401, status_json("", "Unauthorized"))});
  world.cluster.credentials = *TokenFile::open(path, "");
  world.cluster.identity = "the token in " + path;

  CHECK(world.list());
  const std::vector<Received> requests = world.server.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].header("Authorization") == "Bearer old");
  CHECK(requests[1].header("Authorization") == "Bearer new");

  const Result<ListSummary> rejected = world.list();
  REQUIRE_FALSE(rejected);
  CHECK(rejected.error().kind == ErrorKind::denied);
  CHECK(rejected.error().message ==
        "list pods in namespace \"web\": " + world.server.url() +
            " rejected the token in " + path +
            " (401: Unauthorized); has it expired?");
  CHECK(world.server.requests().size() == 3);
}

TEST_CASE("a forbidden list names verb, resource and namespace") {
  World world({answer(403, status_json("Forbidden", "pods is forbidden"))});

  const Result<ListSummary> summary = world.list();

  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::denied);
  CHECK(summary.error().message ==
        "list pods in namespace \"web\": forbidden (403): pods is forbidden; "
        "grant the verb \"list\" on \"pods\" in a Role in "
        "namespace \"web\" or a ClusterRole");
  CHECK(world.server.requests().size() == 1);
}

TEST_CASE("a redirect on the server is followed, with the credentials") {
  World world({answer(307, "", {{"Location", "/new/pods?limit=2"}}),
               answer(200, page_json(1, 1))});
  world.cluster.credentials = fixed_credentials("Bearer t0ken");

  CHECK(world.list());
  CHECK(world.names == Names{"p1"});
  CHECK(world.targets().back() == "/new/pods?limit=2");
  CHECK(world.server.requests()[1].header("Authorization") == "Bearer t0ken");

  World round(std::vector<Answer>(
      20, answer(302, "", {{"Location", "/round/and/round"}})));
  const Result<ListSummary> never = round.list();
  REQUIRE_FALSE(never);
  CHECK(never.error().kind == ErrorKind::http_status);
  CHECK(never.error().message.contains("/round/and/round"));
  CHECK(round.server.requests().size() == 2);
}

TEST_CASE("a redirect to another server gets nothing of ours") {
  HttpServer other([](Connection& connection, const Received&) {
    connection.reply(200, page_json(1, 1));
  });
  World world({answer(307, "", {{"Location", other.url() + "/pods"}})});

  CHECK_FALSE(world.list());
  CHECK(other.requests().empty());
}

TEST_CASE("what is no list of pods is said to be something else") {
  struct Row {
    const char* name;
    Answer answer;
    ErrorKind kind;
    const char* words;
  };

  const Row rows[] = {
      {"html", answer(200, "<html><title>Portal</title>"), ErrorKind::malformed,
       "with HTML instead of JSON (\"Portal\")"},
      {"redirect", answer(302, "", {{"Location", "https://login/"}}),
       ErrorKind::http_status, "a redirect to https://login/"},
      {"another list", answer(200, R"({"kind":"NodeList","items":[]})"),
       ErrorKind::malformed, "NodeList: expected pods"},
      {"text", answer(200, "ok"), ErrorKind::malformed, "invalid JSON"},
      {"nothing", answer(200, ""), ErrorKind::malformed,
       "unexpected end of JSON after 0 bytes"},
      {"cut by the server",
       [](Connection& connection, const Received&) {
         connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" +
                         page_json(1, 2).substr(0, 200));
         connection.close();
       },
       ErrorKind::malformed, "unexpected end of JSON after 200 bytes"},
      {"cut on the way",
       [](Connection& connection, const Received&) {
         connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" +
                         page_json(1, 2).substr(0, 200));
         connection.close();
       },
       ErrorKind::malformed, "closed before the body was complete"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    World world({row.answer});
    const Result<ListSummary> summary = world.list();
    REQUIRE_FALSE(summary);
    CHECK(summary.error().kind == row.kind);
    INFO(summary.error().message);
    CHECK(
        summary.error().message.starts_with("list pods in namespace \"web\""));
    CHECK(summary.error().message.find(row.words) != std::string::npos);
  }
}

TEST_CASE("a server that is not there is said at once") {
  World world({});
  const std::uint16_t port = test::closed_port();
  world.cluster.server =
      *http::parse_url(fmt::format("http://127.0.0.1:{}", port));
  ApiOptions options;
  options.retry = {.attempts = 5, .first_delay = 60s, .max_delay = 60s};
  Api api(&world.client, world.cluster, options);

  const Result<ListSummary> summary =
      world.loop.run(api.list_pods({}, [](Pod&&) {}));

  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::unreachable);
  CHECK(summary.error().message ==
        fmt::format("connect to http://127.0.0.1:{}: connection refused "
                    "(context \"x\" of /k)",
                    port));
}

TEST_CASE("a server that goes between two pages is given time to come back") {
  World world({answer(200, page_json(1, 2, "t1")),
               [](Connection& connection, const Received&) {
                 connection.close_with_reset();
               },
               [](Connection& connection, const Received&) {
                 connection.close_with_reset();
               },
               answer(200, page_json(3, 3))});

  const Result<ListSummary> summary = world.list();

  REQUIRE(summary);
  CHECK(world.names == Names{"p1", "p2", "p3"});
}

TEST_CASE("a server that hangs is a timeout, and a stop ends the wait") {
  const Answer hang = [](Connection& connection, const Received&) {
    connection.wait_for_peer_to_close(10s);
  };
  World world({hang, hang});
  ApiOptions options;
  options.timeout = 400ms;
  Api api(&world.client, world.cluster, options);

  const Result<ListSummary> late =
      world.loop.run(api.list_pods({}, [](Pod&&) {}));
  REQUIRE_FALSE(late);
  CHECK(late.error().kind == ErrorKind::timeout);
  CHECK(
      late.error().message.ends_with("timed out after 400ms without a complete "
                                     "response; raise --request-timeout"));

  options.timeout = 10s;
  options.stop = world.stop.get_token();
  Api stopped(&world.client, world.cluster, options);
  world.script[1] = [&](Connection& connection, const Received&) {
    world.stop.request_stop();
    connection.wait_for_peer_to_close(10s);
  };
  const Result<ListSummary> summary =
      world.loop.run(stopped.list_pods({}, [](Pod&&) {}));
  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::cancelled);
}

TEST_CASE("one pod is asked for by name") {
  const std::string pod =
      R"({"kind":"Pod","metadata":{"namespace":"web","name":"a"}})";
  World world({answer(200, pod),
               answer(404, status_json("NotFound", R"(pods \"b\" not found)")),
               answer(200, pod)});
  Api api = world.api();

  const Result<Pod> found = world.loop.run(api.get_pod("web", "a"));
  REQUIRE(found);
  CHECK(found->name == "a");
  CHECK(world.targets()[0] == "/prefix/api/v1/namespaces/web/pods/a");

  const Result<Pod> missing = world.loop.run(api.get_pod("web", "b"));
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::not_found);
  CHECK(missing.error().message == "pod \"b\" not found in namespace \"web\"");

  const Result<Pod> other = world.loop.run(api.get_pod("web", "c"));
  REQUIRE_FALSE(other);
  CHECK(other.error().kind == ErrorKind::malformed);

  const Result<Pod> bad = world.loop.run(api.get_pod("web", "../a"));
  REQUIRE_FALSE(bad);
  CHECK(bad.error().kind == ErrorKind::usage);
  CHECK(world.server.requests().size() == 3);
}

TEST_CASE("a request to a pod's proxy carries prefix and credentials") {
  World world({answer(200, "profile")});
  world.cluster.credentials = fixed_credentials("Bearer t0ken");
  world.cluster.headers = {{"Impersonate-User", "jane"}};
  Api api = world.api();

  const http::Request request = api.request(pod_proxy_path("web", "a", 6060) +
                                            "/debug/pprof/heap?seconds=1");
  const Result<http::Response> response =
      world.loop.run(api.send_to_pod(request));

  REQUIRE(response);
  CHECK(response->body.bytes == "profile");
  const Received received = world.server.requests()[0];
  CHECK(received.target ==
        "/prefix/api/v1/namespaces/web/pods/a:6060/proxy/debug/pprof/heap"
        "?seconds=1");
  CHECK(received.header("Authorization") == "Bearer t0ken");
  CHECK(received.header("Impersonate-User") == "jane");
  CHECK(pod_proxy_path("n", "p", 443, true) ==
        "/api/v1/namespaces/n/pods/https:p:443/proxy");
}

/// How many tries a GET of a pod's profile takes, and the last status.
std::pair<std::size_t, int> tries_at_pod(World& world) {
  Api api = world.api();
  const Result<http::Response> response = world.loop.run(
      api.send_to_pod(api.request(pod_proxy_path("web", "a", 6060))));
  return {world.server.requests().size(), response ? response->status : 0};
}

TEST_CASE("who says on a pod's behalf when to come again is asked again") {
  struct Row {
    const char* name;
    std::vector<Answer> script;
    std::size_t tries;
    int status;
  };

  const Answer soon = answer(429, "Too many requests", {{"Retry-After", "0"}});
  const Row rows[] = {
      {"passes", {soon, soon, answer(200, "x")}, 3, 200},
      {"lasts", {soon, soon, soon, soon, soon}, 3, 429},
      {"later than we wait",
       {answer(503, "", {{"Retry-After", "60"}})},
       1,
       503},
      {"a pod without a word of it", {answer(500, "busy")}, 1, 500},
      {"breaks after it has answered",
       {[&](Connection& connection, const Received& request) {
          soon(connection, request);
          connection.close();
        },
        [](Connection& connection, const Received&) { connection.close(); }},
       2,
       0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    World world(row.script);
    CHECK(tries_at_pod(world) == std::pair(row.tries, row.status));
  }
}

/// Counts how often something newer is looked for, of which there is `last`
/// times some.
class Renewing final : public CredentialSource {
 public:
  explicit Renewing(int last) : last_(last) {}

  async::Task<Result<Credential>> current(Access /*access*/) override {
    co_return Credential{.authorization = fmt::format("Bearer {}", number_)};
  }

  async::Task<Result<bool>> renew(Access /*access*/,
                                  Credential /*rejected*/) override {
    ++renewals;
    number_ = std::min(number_ + 1, last_);
    co_return true;
  }

  int renewals = 0;

 private:
  int number_ = 0;
  int last_;
};

TEST_CASE("a pod's own 401 is none of the credentials for the API server") {
  World world({answer(401, "log in"), answer(401, "log in")});
  const auto credentials = std::make_shared<Renewing>(1);
  world.cluster.credentials = credentials;

  CHECK(tries_at_pod(world) == std::pair(std::size_t{1}, 401));
  CHECK(credentials->renewals == 0);
}

TEST_CASE("credentials are renewed once for each that is not accepted") {
  const Answer rejected = answer(401, status_json("", "Unauthorized"));
  World world(std::vector<Answer>(9, rejected));
  const auto credentials = std::make_shared<Renewing>(1);
  world.cluster.credentials = credentials;
  Api api = world.api();
  const auto send = [&] {
    return world.loop.run(
        api.send_to_pod(api.request(pod_proxy_path("web", "a", 6060))));
  };

  // Bearer 0, then 1; of which there is nothing newer; then 1 and no more.
  for (int i = 0; i < 4; ++i) {
    CHECK(send()->status == 401);
  }
  CHECK(world.server.requests().size() == 5);
  CHECK(credentials->renewals == 2);
}

/// A JWT that expires at `exp`; its parts are not signed by anybody.
std::string jwt(std::int64_t exp) {
  std::string claims = encode_base64(fmt::format(R"({{"exp":{}}})", exp));
  std::erase(claims, '=');
  return "e30." + claims + ".c2ln";
}

/// A user with the auth-provider oidc in a kubeconfig of its own.
struct Oidc {
  Scratch scratch;
  OidcCredentials::Settings settings;

  Oidc(const std::string& issuer, const std::string& id_token) {
    settings.provider = {.name = "oidc",
                         .config = {{"client-id", "me"},
                                    {"client-secret", "s3cret"},
                                    {"id-token", id_token},
                                    {"idp-issuer-url", issuer + "/realm/"},
                                    {"refresh-token", "r1"}}};
    settings.user = "u";
    settings.file = scratch.write(
        "k", fmt::format("users:\n- name: u\n  user:\n    auth-provider:\n"
                         "      name: oidc\n      config:\n        id-token: "
                         "{}\n        refresh-token: r1\n",
                         id_token));
  }
};

constexpr std::int64_t k_past = 1'000'000'000;
constexpr std::int64_t k_future = 4'000'000'000;

TEST_CASE("an id-token is used while it is valid") {
  World world({answer(200, page_json(1, 1))});
  Oidc oidc(world.server.url(), jwt(k_future));
  world.cluster.credentials = std::make_shared<OidcCredentials>(oidc.settings);

  CHECK(world.list());
  CHECK(world.server.requests()[0].header("Authorization") ==
        "Bearer " + jwt(k_future));
}

TEST_CASE("an expired id-token is renewed at the issuer and written back") {
  std::string url;
  World world(
      {[&](Connection& connection, const Received&) {
         connection.reply(
             200, fmt::format(R"({{"token_endpoint":"{}/token"}})", url));
       },
       answer(401, R"({"error":"invalid_client"})"),
       answer(200, fmt::format(R"({{"id_token":"{}","refresh_token":"r2"}})",
                               jwt(k_future))),
       answer(200, page_json(1, 1)), answer(200, page_json(2, 2))});
  url = world.server.url();
  Oidc oidc(url, jwt(k_past));
  world.cluster.credentials = std::make_shared<OidcCredentials>(oidc.settings);

  CHECK(world.list());
  CHECK(world.list());

  const std::vector<Received> requests = world.server.requests();
  REQUIRE(requests.size() == 5);
  CHECK(requests[0].target == "/realm/.well-known/openid-configuration");
  CHECK(requests[1].header("Authorization") == basic("me", "s3cret"));
  CHECK(requests[1].body == "grant_type=refresh_token&refresh_token=r1");
  CHECK(requests[2].header("Authorization").empty());
  CHECK(requests[2].body ==
        "grant_type=refresh_token&refresh_token=r1&client_id=me&client_secret="
        "s3cret");
  CHECK(requests[4].header("Authorization") == "Bearer " + jwt(k_future));
  const std::string saved = *read_file(oidc.settings.file);
  CHECK(saved.find("id-token: \"" + jwt(k_future) + "\"") != std::string::npos);
  CHECK(saved.find("refresh-token: \"r2\"") != std::string::npos);
}

TEST_CASE("what the issuer refuses is said without tokens") {
  std::string url;
  World world({[&](Connection& connection, const Received&) {
                 connection.reply(
                     200,
                     fmt::format(R"({{"token_endpoint":"{}/token"}})", url));
               },
               answer(400, R"({"error":"invalid_grant","x":"r1"})"),
               answer(400, R"({"error":"invalid_grant","x":"r1"})")});
  url = world.server.url();
  Oidc oidc(url, jwt(k_past));
  world.cluster.credentials = std::make_shared<OidcCredentials>(oidc.settings);

  const Result<ListSummary> list = world.list();

  REQUIRE_FALSE(list);
  CHECK(list.error().message.find(
            "failed to refresh token: status 400: invalid_grant") !=
        std::string::npos);
  CHECK(list.error().message.find("r1") == std::string::npos);
  CHECK(list.error().message.find("s3cret") == std::string::npos);
}

TEST_CASE("a token that is no JWT, or cannot be renewed, is an error") {
  World world({});
  Oidc oidc(world.server.url(), "no.jwt");
  world.cluster.credentials = std::make_shared<OidcCredentials>(oidc.settings);
  CHECK(world.list().error().message.find("ID Token is not a valid JWT") !=
        std::string::npos);

  oidc.settings.provider.config["id-token"] = jwt(k_past);
  oidc.settings.provider.config["refresh-token"] = "";
  world.cluster.credentials = std::make_shared<OidcCredentials>(oidc.settings);
  CHECK(world.list().error().message.find(
            "No valid id-token, and cannot refresh without refresh-token") !=
        std::string::npos);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
