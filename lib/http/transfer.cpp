// SPDX-License-Identifier: MIT
#include "http/transfer.hpp"

#include "base/byte_size.hpp"
#include "base/duration.hpp"
#include "base/text.hpp"
#include "http/curl_error.hpp"
#include "http/proxy.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <new>
#include <utility>

namespace kprofefe::http {
namespace {

/// Over how long a transfer's rate is measured.
constexpr std::chrono::seconds k_rate_window{1};

}  // namespace

Transfer::Transfer(boost::asio::io_context& context, Request request,
                   Purpose purpose, OnEnd on_end)
    : context_(context),
      request_(std::move(request)),
      purpose_(purpose),
      on_end_(std::move(on_end)),
      easy_(curl_easy_init()),
      reader_(make_reader()),
      deadline_(context),
      time_left_(request_.limits.timeout) {}

Transfer::~Transfer() = default;

void Transfer::watch(OnEarlyEnd on_early_end) {
  on_early_end_ = std::move(on_early_end);
  start_deadline();
  const auto stop = [weak = weak_from_this(), &context = context_] {
    boost::asio::post(context, [weak] {
      if (const auto self = weak.lock()) {
        self->abort({ErrorKind::cancelled, "interrupted"});
      }
    });
  };
  on_stop_.emplace(request_.limits.stop, stop);
}

void Transfer::start_deadline() {
  running_since_ = std::chrono::steady_clock::now();
  deadline_.expires_after(time_left_);
  deadline_.async_wait(
      [weak = weak_from_this()](const boost::system::error_code& error) {
        const auto self = weak.lock();
        if (!error && self) {
          self->abort(self->too_late());
        }
      });
}

Error Transfer::too_late() const {
  if (only_connects()) {
    return describe_curl_error({.code = CURLE_OPERATION_TIMEDOUT,
                                .proxy = request_.proxy.value_or(""),
                                .connect_timeout = request_.limits.timeout});
  }
  return {ErrorKind::timeout,
          fmt::format("timed out after {} without a complete response",
                      format_duration(request_.limits.timeout))};
}

/// Until there is room in the budget; not for ever, as who has the room may
/// keep it.
void Transfer::pause() {
  paused_ = true;
  time_left_ -= std::chrono::steady_clock::now() - running_since_;
  running_since_ = std::chrono::steady_clock::now();
  deadline_.expires_after(request_.limits.max_wait_for_budget - waited_);
  deadline_.async_wait([weak = weak_from_this()](
                           const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self) {
      self->abort(
          {ErrorKind::timeout,
           fmt::format(
               "waited {} for memory used by other profiles; "
               "raise --memory",
               format_duration(self->request_.limits.max_wait_for_budget))});
    }
  });
}

/// What libcurl holds back comes from within curl_easy_pause(), and may pause
/// the transfer again. Then the other direction must be paused too: libcurl
/// would read on for its sake, 16 KiB each time, into memory that nobody
/// counts.
void Transfer::resume() {
  if (!std::exchange(paused_, false)) {
    return;
  }
  waited_ += std::chrono::steady_clock::now() - running_since_;
  start_deadline();
  CURLcode code = curl_easy_pause(easy_.get(), CURLPAUSE_CONT);
  if (code == CURLE_OK && paused_) {
    code = curl_easy_pause(easy_.get(), CURLPAUSE_ALL);
  }
  if (code != CURLE_OK) {
    on_early_end_(*this, outcome(code));
  }
}

/// Begins when the transfer has some of what others may be waiting for.
void Transfer::watch_rate() {
  if (!rate_timer_) {
    rate_timer_.emplace(context_);
  }
  rate_timer_->expires_after(k_rate_window);
  rate_timer_->async_wait(
      [weak = weak_from_this(),
       bytes = reader_.body_bytes()](const boost::system::error_code& error) {
        const auto self = weak.lock();
        if (!error && self) {
          self->check_rate(bytes);
        }
      });
}

void Transfer::check_rate(std::size_t bytes_before) {
  const std::size_t wanted = request_.limits.min_rate *
                             static_cast<std::size_t>(k_rate_window.count());
  const bool is_slow = reader_.body_bytes() - bytes_before < wanted;
  if (is_slow && !paused_ && request_.limits.budget->is_contended()) {
    abort({ErrorKind::timeout,
           fmt::format("slower than {} bytes per second while other profiles "
                       "wait for the memory it uses; raise --memory or lower "
                       "--min-rate",
                       request_.limits.min_rate)});
    return;
  }
  watch_rate();
}

void Transfer::abort(Error why) {
  on_early_end_(*this, std::unexpected(std::move(why)));
}

std::string Transfer::describe(const Result<Response>& outcome) const {
  const std::string what = only_connects() ? "connect" : request_.method;
  std::string text =
      fmt::format("{} {}", what, one_line(loggable_url(request_.url)));
  if (!request_.proxy.value_or("").empty()) {
    text += " through " + one_line(without_user(*request_.proxy));
  }
  const auto time = std::chrono::duration_cast<Milliseconds>(
      std::chrono::steady_clock::now() - begin_);
  if (!outcome) {
    return fmt::format("{}: {} (after {})", text, outcome.error().message,
                       format_duration(time));
  }
  return only_connects()
             ? fmt::format("{}: connected in {}", text, format_duration(time))
             : fmt::format("{}: {}, {} in {}", text, outcome->status,
                           format_bytes(outcome->body.bytes.size()),
                           format_duration(time));
}

void Transfer::end(Result<Response> outcome) {
  deadline_.cancel();
  rate_timer_.reset();
  on_stop_.reset();
  if (on_end_) {
    std::exchange(on_end_, nullptr)(std::move(outcome));
  }
}

Result<Response> Transfer::outcome(CURLcode code) {
  if (is_out_of_memory_) {
    return fail(ErrorKind::io, "not enough memory for the response");
  }
  if (code != CURLE_OK && !is_over_) {
    long os_error = 0;
    long tunnel = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &os_error);
    curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &tunnel);
    const std::string proxy = request_.proxy.value_or("");
    return std::unexpected(describe_curl_error(
        {.code = code,
         .detail = error_text_.data(),
         .os_error = os_error,
         .proxy = proxy,
         .connect_timeout = request_.limits.connect_timeout,
         .was_in_proxys_tls = proxy.starts_with("https:") && tunnel == 0}));
  }
  long version = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_VERSION, &version);
  TRY_ASSIGN(Response response,
             reader_.finish(version >= CURL_HTTP_VERSION_2_0));
  response.waited =
      std::chrono::duration_cast<std::chrono::milliseconds>(waited_);
  return response;
}

ResponseReader Transfer::make_reader() {
  return ResponseReader({.max_body_bytes = request_.limits.max_body_bytes,
                         .inspect = request_.limits.inspect,
                         .budget = request_.limits.budget,
                         .on_room = [this] {
                           boost::asio::post(
                               context_, [weak = weak_from_this()] {
                                 if (const auto self = weak.lock()) {
                                   self->resume();
                                 }
                               });
                         }});
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count,
                                void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  try {
    if (transfer.reader_.read_header({data, size * count})) {
      return size * count;
    }
  } catch (const std::bad_alloc&) {
    transfer.is_out_of_memory_ = true;
  }
  transfer.is_over_ = true;
  return 0;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count,
                              void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  try {
    return transfer.receive_body({data, size * count});
  } catch (const std::bad_alloc&) {
    transfer.is_over_ = transfer.is_out_of_memory_ = true;
    return CURL_WRITEFUNC_ERROR;
  }
}

std::size_t Transfer::receive_body(std::string_view bytes) {
  const ResponseReader::Taken taken = reader_.read_body(bytes);
  if (taken == ResponseReader::Taken::not_now) {
    pause();
    return CURL_WRITEFUNC_PAUSE;
  }
  if (!rate_timer_ && reader_.is_beyond_own_share()) {
    watch_rate();
  }
  is_over_ = taken == ResponseReader::Taken::enough;
  return is_over_ ? CURL_WRITEFUNC_ERROR : bytes.size();
}

}  // namespace kprofefe::http
