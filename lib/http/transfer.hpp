// SPDX-License-Identifier: MIT
#pragma once

#include "base/debug_log.hpp"
#include "base/env.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "http/response_reader.hpp"
#include "http/system_ca.hpp"
#include "http/url.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <curl/curl.h>

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace kprofefe::http {

/// What all requests of a client have in common.
struct Surroundings {
  std::string user_agent;
  const Env* env = nullptr;
  DebugLog log = {};
  /// Looked for when the first request needs it.
  std::optional<SystemCa> system_ca = std::nullopt;
};

/// One request on its way: its easy handle, what has come of the response,
/// and its deadline. libcurl's callbacks only store bytes or a reason to give
/// up; nothing is resumed from within them.
class Transfer : public std::enable_shared_from_this<Transfer> {
 public:
  using OnEnd = std::move_only_function<void(Result<Response>)>;
  /// Called, outside of libcurl, when the transfer ends without libcurl saying
  /// so.
  using OnEarlyEnd = std::function<void(Transfer&, Result<Response>)>;

  enum class Purpose {
    exchange,   ///< a request and its response
    connection  ///< the connection alone; it stays open until removed
  };

  Transfer(boost::asio::io_context& context, Request request, Purpose purpose,
           OnEnd on_end);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer();

  /// Sets every option of the easy handle. Errors: config (bad TLS material).
  Result<void> prepare(Surroundings& surroundings);
  /// Starts the deadline and listens for the stop request.
  void watch(OnEarlyEnd on_early_end);
  /// A line of the log: `GET http://api:6060/debug/pprof/heap: 200, 5.3 KB in
  /// 12ms`.
  [[nodiscard]] std::string describe(const Result<Response>& outcome) const;
  /// Hands the outcome to the waiting task; once.
  void end(Result<Response> outcome);
  /// The outcome of a transfer that libcurl calls done.
  Result<Response> outcome(CURLcode code);

  [[nodiscard]] CURL* easy() const { return easy_.get(); }

  [[nodiscard]] bool only_connects() const {
    return purpose_ == Purpose::connection;
  }

 private:
  struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };

  struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  static curl_socket_t on_open_socket(void* self, curlsocktype purpose,
                                      curl_sockaddr* address);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count,
                               void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count,
                             void* self);

  ResponseReader make_reader();
  std::size_t receive_body(std::string_view bytes);
  void pause();
  void resume();
  void watch_rate();
  void check_rate(std::size_t bytes_before);
  void abort(Error why);
  void append(curl_slist*& list, const std::string& line);
  void set_headers();
  void set_body();
  Result<void> set_tls(Surroundings& surroundings);
  Result<void> set_ca(Surroundings& surroundings, CURLoption file,
                      CURLoption blob);
  Result<void> set_proxy(Surroundings& surroundings);
  Result<void> set_proxy_tls(Surroundings& surroundings);
  void set_connection_only();
  void set_tunnel();
  void set_server_name(const std::string& name);
  void connect_to(const std::string& where);
  void set_name_cache();
  void start_deadline();
  [[nodiscard]] Error too_late() const;
  template <typename Value>
  void set(CURLoption option, Value value);
  void set_blob(CURLoption option, std::string_view bytes);

  boost::asio::io_context& context_;
  Request request_;
  Url url_;  ///< the request's
  Purpose purpose_;
  std::chrono::steady_clock::time_point begin_ =
      std::chrono::steady_clock::now();
  OnEnd on_end_;
  OnEarlyEnd on_early_end_;
  std::unique_ptr<CURL, EasyDeleter> easy_;
  std::unique_ptr<curl_slist, ListDeleter> header_lines_;
  std::unique_ptr<curl_slist, ListDeleter> connect_to_;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  CURLcode setup_error_ = CURLE_OK;

  ResponseReader reader_;
  bool is_over_ = false;  // by a callback's decision
  bool is_out_of_memory_ = false;
  std::optional<boost::asio::steady_timer> rate_timer_;

  boost::asio::steady_timer deadline_;
  std::chrono::steady_clock::time_point running_since_;  // or paused since
  std::chrono::steady_clock::duration time_left_{};
  std::chrono::steady_clock::duration waited_{};
  bool paused_ = false;
  std::optional<std::stop_callback<std::function<void()>>> on_stop_;
};

}  // namespace kprofefe::http
