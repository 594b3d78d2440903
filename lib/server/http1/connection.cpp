// SPDX-License-Identifier: MIT
#include "server/http1/connection.hpp"

#include "async/watchdog.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace kprofefe::server {
namespace {

using boost::asio::const_buffer;
using boost::asio::redirect_error;
using boost::asio::use_awaitable;
using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr std::string_view k_continue = "HTTP/1.1 100 Continue\r\n\r\n";

std::string_view view(const boost::beast::flat_buffer& buffer) {
  return {static_cast<const char*>(buffer.data().data()), buffer.size()};
}

Persistence persistence_of(const RequestReader& reader, bool is_stopping) {
  if (!reader.keeps_alive() || is_stopping) {
    return Persistence::close;
  }
  return reader.is_http_1_0() ? Persistence::keep_by_1_0 : Persistence::keep;
}

}  // namespace

Connection::Connection(std::shared_ptr<const Service> service,
                       tcp::socket socket)
    : service_(std::move(service)),
      socket_(std::move(socket)),
      buffer_(service_->options.max_header_bytes) {
  // Otherwise Beast has the system read 512 bytes at a time.
  buffer_.reserve(buffer_.max_size());
  error_code ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
  const tcp::endpoint client = socket_.remote_endpoint(ignored);
  client_ = client.address().to_string();
}

async::Task<void> Connection::run() {
  bool goes_on = true;
  while (goes_on && !service_->stop.stop_requested()) {
    goes_on = co_await wait_for_request();
    if (goes_on) {
      goes_on = co_await exchange();
    }
  }
  co_await drain();
}

/// False: none came, and none will.
async::Task<bool> Connection::wait_for_request() {
  if (buffer_.size() > 0) {
    co_return true;
  }
  expired_ = false;
  const async::Watchdog watchdog(socket_.get_executor(),
                                 service_->options.idle_timeout, service_->stop,
                                 [this] { expire(); });
  const bool has_come = co_await receive();
  co_return has_come;
}

/// One request and its answer. False: it was the last one.
async::Task<bool> Connection::exchange() {
  RequestReader reader(
      {service_->options.max_header_bytes, service_->options.max_body_bytes});
  co_await read_request(&reader);
  if (reader.refusal()) {
    Response refusal =
        text_response(reader.refusal()->status, reader.refusal()->why);
    co_await send(std::move(refusal), Persistence::close, true);
    co_return false;
  }
  Request request = reader.take();
  request.client = client_;
  request.stop = service_->give_up;
  const bool is_head = request.method == "HEAD";
  if (is_head) {
    request.method = "GET";
  }
  Response response = co_await respond(std::move(request));
  const Persistence persistence =
      persistence_of(reader, service_->stop.stop_requested());
  const bool is_sent =
      co_await send(std::move(response), persistence, !is_head);
  co_return is_sent&& persistence != Persistence::close;
}

async::Task<void> Connection::read_request(RequestReader* reader) {
  co_await read_until(reader, &RequestReader::has_header);
  if (!reader->refusal() && reader->expects_continue() && buffer_.size() == 0) {
    co_await write(k_continue, "");
  }
  co_await read_until(reader, &RequestReader::is_complete);
}

async::Task<void> Connection::read_until(RequestReader* reader,
                                         bool (RequestReader::*is_enough)()
                                             const) {
  expired_ = false;
  const async::Watchdog watchdog(socket_.get_executor(),
                                 service_->options.read_timeout,
                                 service_->give_up, [this] { expire(); });
  while (!reader->refusal() && !(reader->*is_enough)()) {
    const std::size_t taken = reader->read(view(buffer_));
    buffer_.consume(taken);
    if (taken > 0 || reader->refusal()) {
      continue;
    }
    const bool has_come = co_await receive();
    if (!has_come) {
      reader->refuse(expired_ ? Refusal{408, "the request took too long"}
                              : Refusal{400, "the request is incomplete"});
    }
  }
}

/// Waits for bytes. False: there are none, or not in time.
async::Task<bool> Connection::receive() {
  if (expired_) {
    co_return false;
  }
  const auto space = buffer_.prepare(buffer_.max_size() - buffer_.size());
  error_code error;
  const std::size_t size = co_await socket_.async_read_some(
      space, redirect_error(use_awaitable, error));
  buffer_.commit(size);
  co_return !error && !expired_;
}

async::Task<Response> Connection::respond(Request request) {
  try {
    Response response = co_await service_->handler(std::move(request));
    co_return response;
  } catch (...) {
    co_return text_response(500, "internal error");
  }
}

async::Task<bool> Connection::send(Response response, Persistence persistence,
                                   bool with_body) {
  add_security_headers(response, service_->options.content_security_policy);
  const std::string head = response_head(response, persistence);
  const bool is_sent =
      co_await write(head, with_body ? std::string_view(response.body) : "");
  co_return is_sent;
}

/// False: the client has gone, or takes nothing.
async::Task<bool> Connection::write(std::string_view head,
                                    std::string_view body) {
  while (!head.empty() || !body.empty()) {
    const async::Watchdog watchdog(socket_.get_executor(),
                                   service_->options.idle_timeout,
                                   service_->give_up, [this] { close(); });
    const std::array<const_buffer, 2> buffers = {
        const_buffer(head.data(), head.size()),
        const_buffer(body.data(), body.size())};
    error_code error;
    const std::size_t size = co_await socket_.async_write_some(
        buffers, redirect_error(use_awaitable, error));
    if (error) {
      co_return false;
    }
    const std::size_t of_head = std::min(size, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(size - of_head);
  }
  co_return true;
}

/// Takes in for a moment what the client still sends. If its bytes met a closed
/// socket, it would be told so before it has read our answer.
async::Task<void> Connection::drain() {
  constexpr std::chrono::seconds k_limit{1};
  error_code error;
  socket_.shutdown(tcp::socket::shutdown_send, error);
  expired_ = false;
  const async::Watchdog watchdog(socket_.get_executor(), k_limit,
                                 service_->give_up, [this] { expire(); });
  bool has_come = !error;
  while (has_come) {
    buffer_.clear();
    has_come = co_await receive();
  }
}

void Connection::expire() {
  expired_ = true;
  error_code ignored;
  socket_.cancel(ignored);
}

void Connection::close() {
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace kprofefe::server
