// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "http/client.hpp"
#include "kube/api.hpp"
#include "kube/port_forward.hpp"
#include "support/forward_end.hpp"
#include "support/http_server.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

#include <sys/socket.h>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace kprofefe::kube {
namespace {

using namespace std::chrono_literals;
using test::ForwardEnd;
using test::HttpServer;
using test::Received;

constexpr int k_data = 0;
constexpr int k_close = 0x88;
const PodPort k_target{.ns = "shop", .pod = "cart", .port = 6060};

/// What the API server does with an agreed forward.
using Script = std::function<void(ForwardEnd&)>;

struct World {
  explicit World(Script script, std::string before = {})
      : server([=](test::Connection& connection, const Received& request) {
          connection.send(before);
          ForwardEnd end(connection, request);
          end.greet();
          script(end);
          connection.close();
        }) {}

  static ClusterConfig cluster_at(const HttpServer& server) {
    ClusterConfig cluster;
    cluster.server = *http::parse_url(server.url());
    cluster.tls = std::make_shared<http::Tls>();
    cluster.credentials = fixed_credentials("");
    cluster.source = "context \"x\"";
    return cluster;
  }

  /// Sends a request through a forward and reads to its end; nothing when it
  /// cannot be opened.
  async::Task<std::optional<std::string>> exchange() {
    PortForward::Opened opened =
        co_await PortForward::open(&api, k_target, options);
    if (!opened) {
      co_return std::nullopt;
    }
    const std::unique_ptr<PortForward> forward = *std::move(opened);
    std::array<int, 2> pair{};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) ==
            0);
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::local::stream_protocol::socket socket(
        executor, boost::asio::local::stream_protocol(), pair[0]);
    REQUIRE(forward->attach(Fd(pair[1])));
    boost::system::error_code error;
    co_await boost::asio::async_write(
        socket, boost::asio::buffer("GET / HTTP/1.1\r\n\r\n", 18),
        boost::asio::redirect_error(boost::asio::use_awaitable, error));
    std::string came;
    co_await boost::asio::async_read(
        socket, boost::asio::dynamic_buffer(came),
        boost::asio::redirect_error(boost::asio::use_awaitable, error));
    CHECK(forward->is_over());
    failure = forward->failure();
    co_return came;
  }

  HttpServer server;
  async::Loop loop;
  Env env = Env::of_process();
  http::Client client{loop, "kprofefe-test/1", env};
  Api api{&client, cluster_at(server), {}};
  ForwardOptions options{.timeout = 10s, .stop = {}};
  std::optional<Error> failure;
};

TEST_SUITE_BEGIN("kube::PortForward");

TEST_CASE("while the pod is silent the forward is kept alive by pings") {
  World world([](ForwardEnd& end) {
    end.read_request();
    // Whoever shows no sign of life gets nothing.
    if (end.read_pings(3)) {
      end.send(k_data, "profile");
      end.send_frame(k_close, "\x03\xe8");
    }
  });
  world.options.ping_interval = 1ms;

  CHECK(world.loop.run(world.exchange()) == "profile");
  CHECK_FALSE(world.failure);
}

TEST_CASE("the pings of a forward end with it") {
  World world([](ForwardEnd& end) { end.read_request(); });
  world.options.ping_interval = 24h;
  REQUIRE(world.loop.run(world.exchange()));

  world.loop.context().restart();
  world.loop.context().run();  // returns when nobody waits for anything
}

TEST_CASE("interim answers may come before the 101") {
  World world(
      [](ForwardEnd& end) {
        end.read_request();
        end.send(k_data, "profile");
      },
      "HTTP/1.1 100 Continue\r\n\r\n"
      "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
  CHECK(world.loop.run(world.exchange()) == "profile");
}

TEST_CASE(
    "what a close frame says is the failure, unless it is an ordinary "
    "end") {
  struct Row {
    std::string payload;
    std::string first;  ///< what comes before it
    const char* failure;
  };

  const Row rows[] = {
      {"\x03\xe9idle timeout exceeded", "",
       R"(port-forward closed: "idle timeout exceeded" (1001, going away))"},
      {"\x03\xf3lost connection to pod", "HTTP/1.1 200 OK\r\n",
       R"(port-forward closed: "lost connection to pod" (1011, )"
       "internal error)"},
      {"\x03\xf3", "", "port-forward closed: 1011, internal error"},
      {"\x03\xe8pod was deleted", "",
       R"(port-forward closed: "pod was deleted" (1000, normal closure))"},
      {"\x03\xe8", "HTTP/1.1 200 OK\r\n", ""},
      {"", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.payload);
    World world([&](ForwardEnd& end) {
      end.read_request();
      end.send(k_data, row.first);
      end.send_frame(k_close, row.payload);
      end.read_request();
    });

    CHECK(world.loop.run(world.exchange()) == row.first);

    CHECK((world.failure ? world.failure->message : "") == row.failure);
  }
}

TEST_CASE("a close frame is answered by one") {
  std::atomic<bool> answered = false;
  {
    World world([&](ForwardEnd& end) {
      end.read_request();
      end.send_frame(k_close, "\x03\xe9");
      answered = end.read_close();
    });
    CHECK(world.loop.run(world.exchange()));
  }
  CHECK(answered);
}

TEST_CASE("a close in place of a greeting says why there is no forward") {
  World world([](ForwardEnd&) {});
  HttpServer closing([](test::Connection& connection, const Received& request) {
    ForwardEnd end(connection, request);
    end.send_frame(k_close, "\x03\xf0no sessions left");
    end.read_request();
    connection.close();
  });
  world.api = Api(&world.client, World::cluster_at(closing), {});
  const auto open = [&]() -> async::Task<std::string> {
    const PortForward::Opened opened =
        co_await PortForward::open(&world.api, k_target, world.options);
    co_return opened ? "" : opened.error().error.message;
  };

  CHECK(world.loop.run(open()).contains(
      R"(closed the port-forward immediately: "no sessions left" (1008, )"
      "policy violation)"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
