// SPDX-License-Identifier: MIT
#include "api/run_server.hpp"

#include "async/for_each_bounded.hpp"
#include "async/sleep.hpp"
#include "server/serve.hpp"
#include "server/serve_options.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>
#include <vector>

namespace kprofefe::api {
namespace {

async::Task<void> remove_expired(const Session* session, store::Store* store) {
  const Result<std::vector<store::Removed>> removed =
      co_await store->remove_expired(session->env->now());
  if (!removed) {
    session->messages->error(removed.error());
    co_return;
  }
  for (const store::Removed& window : *removed) {
    session->messages->note(
        fmt::format("removed {} profiles of {} ({} bytes): {}", window.profiles,
                    window.window, window.bytes,
                    window.was_over_size ? "more than --max-disk"
                                         : "older than "
                                           "--retention"));
  }
}

async::Task<void> keep_removing(const Session* session, store::Store* store) {
  constexpr std::chrono::minutes k_interval{5};
  bool goes_on = true;
  while (goes_on) {
    co_await remove_expired(session, store);
    goes_on = co_await async::sleep_for(k_interval, session->stop);
  }
}

}  // namespace

async::Task<bool> run_server(const Session* session, store::Store* store,
                             Api* api, server::Listener listener,
                             ServerOptions options) {
  const server::Handler answer = [api](server::Request request) {
    return api->answer(std::move(request));
  };
  server::Handler handler =
      log_requests(answer, options.log_format, std::move(options.log));
  server::ServeOptions serving;
  serving.max_body_bytes = options.max_body_bytes;
  const auto job = [&](std::size_t index) {
    return index == 0 ? keep_removing(session, store)
                      : server::serve(std::move(listener), std::move(handler),
                                      std::move(serving), session->stop);
  };
  co_await async::for_each_bounded(2, 2, job);
  co_return true;
}

}  // namespace kprofefe::api
