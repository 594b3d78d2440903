// SPDX-License-Identifier: MIT
#include "http/stream.hpp"

#include "http/curl_error.hpp"
#include "http/transfers.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>
#include <utility>

namespace kprofefe::http {

/// libcurl's connection and its socket on the loop. The socket stays libcurl's.
struct Stream::Connection {
  using Direction = boost::asio::posix::stream_descriptor::wait_type;

  Connection(std::shared_ptr<Transfers> owner,
             std::shared_ptr<Transfer> connected)
      : transfers(std::move(owner)), transfer(std::move(connected)) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(transfer->easy(), CURLINFO_ACTIVESOCKET, &socket);
    if (socket != CURL_SOCKET_BAD) {
      descriptor.emplace(transfers->context(), socket);
    }
  }

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  ~Connection() { close(); }

  void close() {
    if (descriptor) {
      descriptor->release();  // and who waits for it is told
      descriptor.reset();
      transfers->close(*transfer);
    }
  }

  /// Waits until there may be something to do, or the connection is closed.
  async::Task<void> ready(Direction direction) {
    boost::system::error_code error;
    co_await descriptor->async_wait(
        direction,
        boost::asio::redirect_error(boost::asio::use_awaitable, error));
  }

  std::shared_ptr<Transfers> transfers;
  std::shared_ptr<Transfer> transfer;
  std::optional<boost::asio::posix::stream_descriptor> descriptor;
};

namespace {

std::unexpected<Error> closed() {
  return fail(ErrorKind::cancelled, "the connection was closed");
}

}  // namespace

Stream::Stream(std::shared_ptr<Transfers> transfers,
               std::shared_ptr<Transfer> transfer)
    : connection_(std::make_unique<Connection>(std::move(transfers),
                                               std::move(transfer))) {}

Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(Stream&&) noexcept = default;
Stream::~Stream() = default;

async::Task<Result<std::size_t>> Stream::read(std::span<char> into) {
  Connection& connection = *connection_;
  while (connection.descriptor) {
    std::size_t size = 0;
    // TLS may hold bytes for which the socket will never become ready: ask
    // first, wait then.
    const CURLcode code = curl_easy_recv(connection.transfer->easy(),
                                         into.data(), into.size(), &size);
    if (code == CURLE_OK) {
      co_return size;
    }
    if (code != CURLE_AGAIN) {
      co_return std::unexpected(describe_curl_error({.code = code}));
    }
    co_await connection.ready(Connection::Direction::wait_read);
  }
  co_return closed();
}

async::Task<Result<void>> Stream::write(std::string_view bytes) {
  Connection& connection = *connection_;
  while (connection.descriptor) {
    std::size_t size = 0;
    const CURLcode code = curl_easy_send(connection.transfer->easy(),
                                         bytes.data(), bytes.size(), &size);
    if (code != CURLE_OK && code != CURLE_AGAIN) {
      co_return std::unexpected(describe_curl_error({.code = code}));
    }
    bytes.remove_prefix(size);
    if (bytes.empty()) {
      co_return Result<void>{};
    }
    co_await connection.ready(Connection::Direction::wait_write);
  }
  co_return closed();
}

void Stream::close() {
  connection_->close();
}

}  // namespace kprofefe::http
