// SPDX-License-Identifier: MIT
#pragma once

#include "http/transfer.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <curl/curl.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

namespace kprofefe::http {

/// The multi handle, its sockets and timer on the loop, and the transfers.
/// What a Client is made of.
class Transfers : public std::enable_shared_from_this<Transfers> {
 public:
  Transfers(boost::asio::io_context& context, Surroundings surroundings);
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;
  ~Transfers();

  /// Begins a request; `handler` gets its Result<Response> from the loop,
  /// never from inside of this call or of libcurl.
  template <typename Handler>
  std::shared_ptr<Transfer> start(Request request, Transfer::Purpose purpose,
                                  Handler handler) {
    auto on_end = [&context = context_, handler = std::move(handler)](
                      Result<Response> outcome) mutable {
      boost::asio::post(context, [handler = std::move(handler),
                                  outcome = std::move(outcome)]() mutable {
        std::move(handler)(std::move(outcome));
      });
    };
    auto transfer = std::make_shared<Transfer>(context_, std::move(request),
                                               purpose, std::move(on_end));
    start(transfer);
    return transfer;
  }

  /// Closes the connection of a transfer that was made to connect only.
  void close(const Transfer& transfer);

  [[nodiscard]] boost::asio::io_context& context() const { return context_; }

  [[nodiscard]] const Surroundings& surroundings() const {
    return surroundings_;
  }

 private:
  struct Watch;

  struct MultiDeleter {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };

  template <typename Value>
  void set(CURLMoption option, Value value);
  void remove(CURL* easy);
  void fail_all(CURLMcode code);
  void start(const std::shared_ptr<Transfer>& transfer);
  void finish(CURL* easy, Result<Response> outcome);
  void drain();
  void act(curl_socket_t socket, int events);
  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self,
                       void* socket_data);
  static int on_timer(CURLM* multi, long milliseconds, void* self);
  void set_timer(long milliseconds);
  void watch(curl_socket_t socket, int what);
  void wait(curl_socket_t socket, const std::shared_ptr<Watch>& watch);
  void on_ready(const boost::system::error_code& error, curl_socket_t socket,
                const std::shared_ptr<Watch>& watch, bool wanted, int event);

  boost::asio::io_context& context_;
  boost::asio::steady_timer timer_;
  Surroundings surroundings_;
  std::unique_ptr<CURLM, MultiDeleter> multi_;
  std::unordered_map<curl_socket_t, std::shared_ptr<Watch>> sockets_;
  std::unordered_map<CURL*, std::shared_ptr<Transfer>> running_;
};

}  // namespace kprofefe::http
