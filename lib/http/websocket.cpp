// SPDX-License-Identifier: MIT
#include "http/websocket.hpp"

#include "async/watchdog.hpp"
#include "http/upgrade.hpp"

#include <boost/asio/this_coro.hpp>
#include <openssl/rand.h>

#include <utility>

namespace kprofefe::http {
namespace {

/// A refusal is a line of JSON or a page of HTML.
constexpr std::size_t k_max_refusal = std::size_t{256} << 10;
/// RFC 6455, 7.4.1: a normal closure, 1000 in network order.
constexpr std::string_view k_normal_closure = "\x03\xe8";

Result<std::array<std::uint8_t, 4>> fresh_mask() {
  std::array<std::uint8_t, 4> mask{};
  if (RAND_bytes(mask.data(), static_cast<int>(mask.size())) != 1) {
    return fail(ErrorKind::io, "the system cannot generate random numbers");
  }
  return mask;
}

/// Reads on; false at the end of the connection.
async::Task<Result<bool>> read_more(Stream* stream, AnswerReader* answer) {
  std::array<char, std::size_t{4} << 10> bytes{};
  CO_TRY_ASSIGN(const std::size_t got, co_await stream->read(std::span(bytes)));
  CO_TRY(answer->add(std::string_view(bytes.data(), got)));
  co_return got > 0;
}

/// What the server answered instead of 101, with as much of its body as comes.
async::Task<Response> read_refusal(Stream* stream, AnswerReader* answer) {
  while (!answer->is_whole() && answer->body().size() < k_max_refusal) {
    const Result<bool> more = co_await read_more(stream, answer);
    if (!more.value_or(false)) {
      break;
    }
  }
  Response refusal{.status = answer->head()->status,
                   .headers = answer->head()->headers};
  refusal.body.bytes = answer->body();
  co_return refusal;
}

/// The headers of the server's agreement, and what it sent behind it already.
struct Agreement {
  Headers headers;
  std::string early;
};

using Answer = std::variant<Agreement, Response>;

async::Task<Result<Answer>> shake_hands(Stream* stream, UpgradeRequest upgrade,
                                        std::string subprotocol) {
  CO_TRY(co_await stream->write(upgrade.text));
  AnswerReader answer;
  while (!answer.head()) {
    CO_TRY_ASSIGN(const bool more, co_await read_more(stream, &answer));
    if (!more) {
      co_return fail(ErrorKind::network,
                     "the connection was closed without a response");
    }
  }
  if (answer.head()->status != k_switching_protocols) {
    co_return co_await read_refusal(stream, &answer);
  }
  CO_TRY(check_upgrade(*answer.head(), upgrade, subprotocol));
  co_return Agreement{.headers = answer.head()->headers,
                      .early = std::string(answer.rest())};
}

}  // namespace

async::Task<Result<WebSocket::Opened>> WebSocket::open(
    Client* client, Request request, std::string subprotocol) {
  CO_TRY_ASSIGN(UpgradeRequest upgrade,
                make_upgrade(request, subprotocol, client->user_agent()));
  Request connecting = request;
  connecting.limits.timeout = request.limits.connect_timeout;
  CO_TRY_ASSIGN(Stream stream, co_await client->connect(std::move(connecting)));
  const auto executor = co_await boost::asio::this_coro::executor;
  const async::Watchdog watchdog(executor, request.limits.timeout,
                                 request.limits.stop,
                                 [&stream] { stream.close(); });
  Result<Answer> answer =
      co_await shake_hands(&stream, std::move(upgrade), std::move(subprotocol));
  if (!answer) {
    co_return std::unexpected(watchdog.explain(std::move(answer).error()));
  }
  if (auto* refusal = std::get_if<Response>(&*answer)) {
    co_return std::move(*refusal);
  }
  auto& agreement = std::get<Agreement>(*answer);
  co_return std::make_shared<WebSocket>(std::move(stream), agreement.early,
                                        std::move(agreement.headers));
}

WebSocket::WebSocket(Stream stream, std::string_view early, Headers headers)
    : stream_(std::move(stream)),
      headers_(std::move(headers)),
      buffer_(early),
      unread_(buffer_) {}

/// Reads into the spent buffer; false at the end of the connection.
async::Task<Result<bool>> WebSocket::fill() {
  buffer_.resize(k_buffer_size);
  CO_TRY_ASSIGN(const std::size_t got,
                co_await stream_.read(std::span(buffer_)));
  unread_ = std::string_view(buffer_).substr(0, got);
  co_return got > 0;
}

/// The next piece of any frame.
async::Task<Result<FramePiece>> WebSocket::next_piece() {
  for (;;) {
    CO_TRY_ASSIGN(const std::optional<FramePiece> piece, reader_.next(unread_));
    if (piece) {
      co_return *piece;
    }
    const Result<bool> more = co_await fill();
    if (!more && more.error().kind != ErrorKind::network) {
      co_return std::unexpected(more.error());
    }
    if (!more || !*more) {
      co_return fail(ErrorKind::network,
                     "connection closed without a close frame" +
                         (more ? "" : ": " + more.error().message));
    }
  }
}

async::Task<Result<std::optional<FramePiece>>> WebSocket::receive() {
  for (;;) {
    CO_TRY_ASSIGN(const FramePiece piece, co_await next_piece());
    if (piece.opcode < Opcode::close) {
      co_return piece;
    }
    if (piece.opcode == Opcode::close) {
      close_frame_ = read_close_frame(piece.payload);
      co_return std::nullopt;
    }
    if (piece.opcode != Opcode::ping || outgoing_.size() > k_max_waiting) {
      continue;
    }
    // When it cannot be sent: what came before the end is still to be read.
    [[maybe_unused]] const Result<void> sent =
        co_await send_frame(Opcode::pong, piece.payload);
  }
}

async::Task<Result<void>> WebSocket::send(std::string_view payload) {
  co_return co_await send_frame(Opcode::binary, payload);
}

async::Task<Result<void>> WebSocket::ping() {
  if (writing_) {
    co_return Result<void>{};
  }
  co_return co_await send_frame(Opcode::ping, std::string_view());
}

/// Frames go out whole and one after another: while one is being written,
/// others wait in `outgoing_`, and whoever writes takes them along.
async::Task<Result<void>> WebSocket::send_frame(Opcode opcode,
                                                std::string_view payload) {
  CO_TRY_ASSIGN(const auto mask, fresh_mask());
  outgoing_ += client_frame(opcode, payload, mask);
  if (std::exchange(writing_, true)) {
    co_return Result<void>{};
  }
  Result<void> written;
  while (written && !outgoing_.empty()) {
    const std::string frames = std::exchange(outgoing_, {});
    written = co_await stream_.write(frames);
  }
  writing_ = false;
  co_return written;
}

async::Task<void> WebSocket::say_goodbye() {
  co_await send_frame(Opcode::close, k_normal_closure);
}

}  // namespace kprofefe::http
