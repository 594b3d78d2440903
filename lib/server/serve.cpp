// SPDX-License-Identifier: MIT
#include "server/serve.hpp"

#include "async/delayed_stop.hpp"
#include "async/sleep.hpp"
#include "server/http1/connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <memory>
#include <utility>

namespace kprofefe::server {
namespace {

using boost::asio::redirect_error;
using boost::asio::use_awaitable;
using boost::asio::ip::tcp;
using boost::system::error_code;

/// Held by all its tasks: whichever of them is destroyed last, when the loop
/// ends before they do.
struct Server {
  Server(Listener listens, Handler handler, ServeOptions options,
         std::stop_token stop)
      : listener(std::move(listens)),
        delayed_stop(listener.loop(), stop, options.grace),
        changed(listener.loop().context(),
                boost::asio::steady_timer::time_point::max()),
        service(std::make_shared<Service>(std::move(handler),
                                          std::move(options), std::move(stop),
                                          delayed_stop.token())) {}

  void stop_accepting() {
    error_code ignored;
    for (tcp::acceptor& acceptor : listener.acceptors()) {
      acceptor.close(ignored);
    }
    changed.cancel();
  }

  Listener listener;
  async::DelayedStop delayed_stop;
  boost::asio::steady_timer changed;  ///< cancelled when a task has ended
  std::shared_ptr<const Service> service;
  std::size_t tasks = 0;
  std::size_t connections = 0;
};

using Shared = std::shared_ptr<Server>;

async::Task<void> wait_for_change(Server* server) {
  error_code cancelled;
  co_await server->changed.async_wait(redirect_error(use_awaitable, cancelled));
}

/// Runs beside others. One that fails by an exception, as for want of memory,
/// is one connection less.
void start(const Shared& server, async::Task<void> task) {
  ++server->tasks;
  boost::asio::co_spawn(server->listener.loop().context(), std::move(task),
                        [server](const std::exception_ptr& /*broken*/) {
                          --server->tasks;
                          server->changed.cancel();
                        });
}

/// Counts a connection as long as it lives.
class Place {
 public:
  explicit Place(Shared server) : server_(std::move(server)) {
    ++server_->connections;
  }

  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  ~Place() { --server_->connections; }

 private:
  Shared server_;
};

async::Task<void> serve_connection(std::unique_ptr<Place> /*place*/,
                                   std::unique_ptr<Connection> connection) {
  co_await connection->run();
}

async::Task<void> accept_all(Shared server, tcp::acceptor* acceptor) {
  constexpr std::chrono::milliseconds k_pause{100};
  const std::stop_token stop = server->service->stop;
  while (!stop.stop_requested()) {
    error_code error;
    tcp::socket socket =
        co_await acceptor->async_accept(redirect_error(use_awaitable, error));
    if (error) {
      // Too many open files, or the client has gone already.
      co_await async::sleep_for(k_pause, stop);
      continue;
    }
    while (server->connections >= server->service->options.max_connections &&
           !stop.stop_requested()) {
      co_await wait_for_change(server.get());
    }
    start(server, serve_connection(std::make_unique<Place>(server),
                                   std::make_unique<Connection>(
                                       server->service, std::move(socket))));
  }
}

}  // namespace

async::Task<void> serve(Listener listener, Handler handler,
                        ServeOptions options, std::stop_token stop) {
  const auto server = std::make_shared<Server>(
      std::move(listener), std::move(handler), std::move(options), stop);
  for (tcp::acceptor& acceptor : server->listener.acceptors()) {
    start(server, accept_all(server, &acceptor));
  }
  // From the loop, never from inside of request_stop().
  const std::stop_callback on_stop(
      stop, [weak = std::weak_ptr(server), &loop = server->listener.loop()] {
        boost::asio::post(loop.context(), [weak] {
          if (const Shared running = weak.lock()) {
            running->stop_accepting();
          }
        });
      });
  while (server->tasks > 0) {
    co_await wait_for_change(server.get());
  }
}

}  // namespace kprofefe::server
