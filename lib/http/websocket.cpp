// SPDX-License-Identifier: MIT
#include "http/websocket.hpp"

#include "async/watchdog.hpp"
#include "http/upgrade.hpp"

#include <asio/this_coro.hpp>
#include <openssl/rand.h>

#include <utility>

namespace kprofefe::http {
namespace {

/// A refusal is a line of JSON or a page of HTML.
constexpr std::size_t k_max_refusal = std::size_t{256} << 10;
/// RFC 6455, 7.4.1: a normal closure, 1000 in network order.
constexpr std::string_view k_normal_closure = "\x03\xe8";

std::array<std::uint8_t, 4> fresh_mask() {
  std::array<std::uint8_t, 4> mask{};
  RAND_bytes(mask.data(), static_cast<int>(mask.size()));
  return mask;
}

/// More bytes of an answer, appended to `bytes`; false at its end.
async::Task<Result<bool>> read_more(Stream* stream, std::string* bytes) {
  constexpr std::size_t k_step = std::size_t{4} << 10;
  const std::size_t before = bytes->size();
  bytes->resize(before + k_step);
  const Result<std::size_t> got =
      co_await stream->read(std::span(*bytes).subspan(before));
  bytes->resize(before + got.value_or(0));
  if (!got) {
    co_return std::unexpected(got.error());
  }
  co_return *got > 0;
}

/// What the server answered instead of 101, with as much of its body as comes.
async::Task<Result<Response>> read_refusal(Stream* stream, ResponseHead head,
                                           std::string bytes) {
  while (!is_whole_body(head, bytes) && bytes.size() < k_max_refusal) {
    const Result<bool> more = co_await read_more(stream, &bytes);
    if (!more.value_or(false)) {
      break;
    }
  }
  Response refusal{.status = head.status, .headers = head.headers};
  refusal.body.bytes = decode_body(head, bytes);
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
  std::string bytes;
  std::optional<ResponseHead> head;
  while (!head) {
    CO_TRY_ASSIGN(const bool more, co_await read_more(stream, &bytes));
    if (!more) {
      co_return fail(ErrorKind::network,
                     "the connection was closed without an answer");
    }
    CO_TRY_ASSIGN(head, read_response_head(bytes));
  }
  std::string rest = bytes.substr(head->size);
  if (head->status != k_switching_protocols) {
    CO_TRY_ASSIGN(Response refusal,
                  co_await read_refusal(stream, *std::move(head), rest));
    co_return refusal;
  }
  CO_TRY(check_upgrade(*head, upgrade, subprotocol));
  co_return Agreement{std::move(head->headers), std::move(rest)};
}

}  // namespace

async::Task<Result<WebSocket::Opened>> WebSocket::open(
    Client* client, Request request, std::string subprotocol) {
  CO_TRY_ASSIGN(UpgradeRequest upgrade,
                make_upgrade(request, subprotocol, client->user_agent()));
  Request connecting = request;
  connecting.limits.timeout = request.limits.connect_timeout;
  CO_TRY_ASSIGN(Stream stream, co_await client->connect(std::move(connecting)));
  const auto executor = co_await asio::this_coro::executor;
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
  outgoing_ += client_frame(opcode, payload, fresh_mask());
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
