// SPDX-License-Identifier: MIT
#include "http/client.hpp"

#include "http/transfers.hpp"

#include <asio/async_result.hpp>
#include <asio/use_awaitable.hpp>

#include <utility>

namespace kprofefe::http {
namespace {

/// libcurl's process-wide state, made on first use and kept to the end.
void initialise_curl() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(code);
}

}  // namespace

Client::Client(async::Loop& loop, std::string user_agent) {
  initialise_curl();
  transfers_ =
      std::make_shared<Transfers>(loop.context(), std::move(user_agent));
}

Client::~Client() = default;

async::Task<Result<Response>> Client::send(Request request) {
  const auto start = [transfers = transfers_.get()](auto handler,
                                                    Request what) {
    transfers->start(std::move(what), Transfer::Purpose::exchange,
                     std::move(handler));
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>,
                                          void(Result<Response>)>(
      start, asio::use_awaitable, std::move(request));
}

async::Task<Result<Stream>> Client::connect(Request request) {
  std::shared_ptr<Transfer> transfer;
  const auto start = [&](auto handler, Request what) {
    transfer = transfers_->start(std::move(what), Transfer::Purpose::connection,
                                 std::move(handler));
  };
  CO_TRY(co_await (asio::async_initiate<const asio::use_awaitable_t<>,
                                        void(Result<Response>)>(
      start, asio::use_awaitable, std::move(request))));
  co_return Stream(transfers_, std::move(transfer));
}

const std::string& Client::user_agent() const {
  return transfers_->user_agent();
}

std::string library_version() {
  return curl_version();
}

}  // namespace kprofefe::http
