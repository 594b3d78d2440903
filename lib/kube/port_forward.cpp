// SPDX-License-Identifier: MIT
#include "kube/port_forward.hpp"

#include "async/watchdog.hpp"
#include "http/websocket.hpp"
#include "kube/forward/port_channel.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace kprofefe::kube {
namespace {

constexpr std::string_view k_protocol = "v4.channel.k8s.io";
constexpr std::size_t k_max_error_text = std::size_t{4} << 10;

std::string path_of(const PodPort& target) {
  return fmt::format("/api/v1/namespaces/{}/pods/{}/portforward?ports={}",
                     target.ns, target.pod, target.port);
}

}  // namespace

/// Carries bytes between the WebSocket and a socket, until one of the two
/// closes. Its tasks keep it alive.
class PortForward::Pump : public std::enable_shared_from_this<Pump> {
 public:
  Pump(const boost::asio::any_io_executor& executor, std::uint16_t port,
       std::chrono::milliseconds ping_interval,
       std::shared_ptr<http::WebSocket> socket)
      : port_(port),
        channels_(port),
        websocket_(std::move(socket)),
        inner_(executor),
        ping_interval_(ping_interval),
        ping_timer_(std::in_place, executor) {}

  /// Waits until the server has greeted on both channels.
  async::Task<Result<void>> greet() {
    while (!channels_.greeted()) {
      CO_TRY_ASSIGN(const std::optional<http::FramePiece> piece,
                    co_await websocket_->receive());
      if (!piece) {
        const http::CloseFrame& frame = websocket_->close_frame();
        co_return fail(
            ErrorKind::network,
            "the API server closed the port-forward immediately" +
                (frame.is_ordinary() ? std::string() : ": " + frame.text()));
      }
      CO_TRY_ASSIGN(const ChannelBytes came, channels_.read(*piece));
      if (!came.bytes.empty()) {
        co_return fail(
            ErrorKind::malformed,
            "port-forward protocol error: data before the port number");
      }
    }
    co_return Result<void>{};
  }

  bool attach(Fd near_end) {
    if (over_ || inner_.is_open()) {
      return false;
    }
    inner_.assign(boost::asio::local::stream_protocol(), near_end.release());
    // Later: libcurl asks for a socket from within itself, and co_spawn would
    // run up to the first wait at once, which may ask libcurl to receive.
    boost::asio::post(inner_.get_executor(), [self = shared_from_this()] {
      const auto executor = self->inner_.get_executor();
      boost::asio::co_spawn(executor, carry_in(self), boost::asio::detached);
      boost::asio::co_spawn(executor, carry_out(self), boost::asio::detached);
      boost::asio::co_spawn(executor, keep_alive(self), boost::asio::detached);
    });
    return true;
  }

  void end() {
    end_inner();
    websocket_->close();
  }

  [[nodiscard]] bool is_over() const { return over_; }

  [[nodiscard]] std::optional<Error> failure() const {
    if (!error_text_.empty()) {
      return explain_error_channel(error_text_, port_);
    }
    return failure_;
  }

 private:
  /// From the pod to the socket.
  static async::Task<void> carry_in(std::shared_ptr<Pump> self) {
    Result<bool> more = true;
    while (more.value_or(false) && !self->over_) {
      more = co_await self->carry_piece();
    }
    if (!more && more.error().kind != ErrorKind::cancelled) {
      self->failure_ = more.error();
    }
    self->end_inner();
    if (more) {
      // The answer to a close frame, if it can be sent at once: carry_out(),
      // whose turn comes now, closes the connection.
      co_await self->websocket_->say_goodbye();
    }
    self->end();
  }

  async::Task<Result<bool>> carry_piece() {
    CO_TRY_ASSIGN(const std::optional<http::FramePiece> piece,
                  co_await websocket_->receive());
    if (!piece) {
      failure_ = explain_close(websocket_->close_frame());
      co_return false;
    }
    CO_TRY_ASSIGN(const ChannelBytes came, channels_.read(*piece));
    if (came.channel == Channel::error) {
      error_text_ += came.bytes.substr(
          0, k_max_error_text - std::min(k_max_error_text, error_text_.size()));
      co_return true;
    }
    boost::system::error_code gone;
    co_await boost::asio::async_write(
        inner_, boost::asio::buffer(came.bytes),
        boost::asio::redirect_error(boost::asio::use_awaitable, gone));
    co_return !gone;
  }

  /// From the socket to the pod.
  static async::Task<void> carry_out(std::shared_ptr<Pump> self) {
    constexpr std::size_t k_buffer = std::size_t{4} << 10;
    std::string message(k_buffer, '\0');
    while (!self->over_) {
      message.resize(k_buffer);
      message[0] = static_cast<char>(Channel::data);
      boost::system::error_code ended;
      const std::size_t got = co_await self->inner_.async_read_some(
          boost::asio::buffer(message.data() + 1, message.size() - 1),
          boost::asio::redirect_error(boost::asio::use_awaitable, ended));
      if (ended) {
        break;
      }
      message.resize(got + 1);
      // What came before the connection broke, and why it did, is carry_in()'s
      // to read: it ends the forward.
      const Result<void> sent = co_await self->websocket_->send(message);
      if (!sent) {
        co_return;
      }
    }
    if (!self->over_) {
      co_await self->websocket_->say_goodbye();
    }
    self->end();
  }

  /// While a profile is sampled nobody else has anything to say.
  static async::Task<void> keep_alive(std::shared_ptr<Pump> self) {
    while (!self->over_) {
      self->ping_timer_->expires_after(self->ping_interval_);
      boost::system::error_code ended;
      co_await self->ping_timer_->async_wait(
          boost::asio::redirect_error(boost::asio::use_awaitable, ended));
      if (!self->over_) {
        // When it cannot be sent, carry_in() reads why.
        [[maybe_unused]] const Result<void> sent =
            co_await self->websocket_->ping();
      }
    }
  }

  void end_inner() {
    over_ = true;
    ping_timer_.reset();  // and who waits for it goes on
    boost::system::error_code ignored;
    inner_.close(ignored);
  }

  std::uint16_t port_;
  PortChannels channels_;
  std::shared_ptr<http::WebSocket> websocket_;
  boost::asio::local::stream_protocol::socket inner_;
  std::chrono::milliseconds ping_interval_;
  std::optional<boost::asio::steady_timer> ping_timer_;  ///< until it is over
  bool over_ = false;
  std::string error_text_;
  std::optional<Error> failure_;
};

PortForward::PortForward(std::shared_ptr<Pump> pump) : pump_(std::move(pump)) {}

PortForward::~PortForward() {
  pump_->end();
}

bool PortForward::attach(Fd near_end) {
  return pump_->attach(std::move(near_end));
}

bool PortForward::is_over() const {
  return pump_->is_over();
}

std::optional<Error> PortForward::failure() const {
  return pump_->failure();
}

async::Task<PortForward::Opened> PortForward::open(Api* api, PodPort target,
                                                   ForwardOptions options) {
  const auto executor = co_await boost::asio::this_coro::executor;
  Result<http::WebSocket::Opened> opened = co_await api->open_websocket(
      path_of(target), std::string(k_protocol), options.timeout, options.stop);
  const ApiCall call{.verb = "forward",
                     .resource = fmt::format("port {} of pod", target.port),
                     .ns = target.ns,
                     .name = target.pod};
  if (!opened) {
    co_return std::unexpected(ForwardRefusal{
        .error = explain_failure(call, api->cluster(), opened.error())});
  }
  if (const auto* refusal = std::get_if<http::Response>(&*opened)) {
    co_return std::unexpected(
        explain_forward_refusal(target, api->cluster(), *refusal));
  }
  const auto socket = std::get<std::shared_ptr<http::WebSocket>>(*opened);
  const auto pump = std::make_shared<Pump>(executor, target.port,
                                           options.ping_interval, socket);
  const async::Watchdog watchdog(executor, options.timeout, options.stop,
                                 [&socket] { socket->close(); });
  Result<void> greeted = co_await pump->greet();
  if (!greeted) {
    co_return std::unexpected(
        ForwardRefusal{.error = explain_failure(
                           call, api->cluster(),
                           watchdog.explain(std::move(greeted).error()))});
  }
  co_return std::make_unique<PortForward>(pump);
}

}  // namespace kprofefe::kube
