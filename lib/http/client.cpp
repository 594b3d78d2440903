// SPDX-License-Identifier: MIT
#include "http/client.hpp"

#include "http/transfers.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <optional>
#include <stdexcept>
#include <utility>

namespace kprofefe::http {
namespace {

/// libcurl's process-wide state, made on first use and kept to the end.
void initialise_curl() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) {
    throw std::runtime_error(curl_easy_strerror(code));
  }
}

/// What the other end of a tunnel says went wrong, when the request broke with
/// the connection: a server that answered, slowly or nonsense, says it itself.
Error explain_by(const Tunnel* tunnel, Error error) {
  const bool may_explain = tunnel != nullptr && tunnel->failure &&
                           (error.kind == ErrorKind::unreachable ||
                            error.kind == ErrorKind::network);
  std::optional<Error> failure;
  if (may_explain) {
    failure = tunnel->failure();
  }
  return failure ? *std::move(failure) : std::move(error);
}

}  // namespace

Client::Client(async::Loop& loop, std::string user_agent, const Env& env,
               DebugLog log) {
  initialise_curl();
  transfers_ = std::make_shared<Transfers>(
      loop.context(), Surroundings{.user_agent = std::move(user_agent),
                                   .env = &env,
                                   .log = std::move(log)});
}

Client::~Client() = default;

async::Task<Result<Response>> Client::send(Request request) {
  const auto start = [transfers = transfers_.get()](auto handler,
                                                    Request what) {
    transfers->start(std::move(what), Transfer::Purpose::exchange,
                     std::move(handler));
  };
  const std::shared_ptr<const Tunnel> tunnel = request.tunnel;
  Result<Response> outcome =
      co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>,
                                           void(Result<Response>)>(
          start, boost::asio::use_awaitable, std::move(request));
  if (!outcome) {
    co_return std::unexpected(
        explain_by(tunnel.get(), std::move(outcome).error()));
  }
  co_return outcome;
}

std::string Client::new_tunnel_id() {
  constexpr std::uint32_t k_mask = 0x0FFFFFFF;
  const std::uint32_t number = 0xF0000000U | (++tunnels_ & k_mask);
  return fmt::format("{}.{}.{}.{}:1", number >> 24U, number >> 16U & 0xFFU,
                     number >> 8U & 0xFFU, number & 0xFFU);
}

async::Task<Result<Stream>> Client::connect(Request request) {
  std::shared_ptr<Transfer> transfer;
  const auto start = [&](auto handler, Request what) {
    transfer = transfers_->start(std::move(what), Transfer::Purpose::connection,
                                 std::move(handler));
  };
  CO_TRY(co_await (
      boost::asio::async_initiate<const boost::asio::use_awaitable_t<>,
                                  void(Result<Response>)>(
          start, boost::asio::use_awaitable, std::move(request))));
  co_return Stream(transfers_, std::move(transfer));
}

const std::string& Client::user_agent() const {
  return transfers_->surroundings().user_agent;
}

const DebugLog& Client::log() const {
  return transfers_->surroundings().log;
}

std::string library_version() {
  return curl_version();
}

}  // namespace kprofefe::http
