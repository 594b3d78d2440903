// SPDX-License-Identifier: MIT
#include "http/transfers.hpp"

#include <cassert>
#include <new>
#include <stdexcept>
#include <vector>

namespace kprofefe::http {

/// One socket that libcurl wants watched. The socket stays libcurl's.
struct Transfers::Watch {
  Watch(boost::asio::io_context& context, curl_socket_t socket)
      : descriptor(context, socket) {}

  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  ~Watch() { descriptor.release(); }

  boost::asio::posix::stream_descriptor descriptor;
  bool wants_read = false;
  bool wants_write = false;
  bool waits_to_read = false;
  bool waits_to_write = false;
};

Transfers::Transfers(boost::asio::io_context& context,
                     Surroundings surroundings)
    : context_(context),
      timer_(context),
      surroundings_(std::move(surroundings)),
      multi_(curl_multi_init()) {
  if (multi_ == nullptr) {
    throw std::bad_alloc();
  }
  set(CURLMOPT_SOCKETFUNCTION, &Transfers::on_socket);
  set(CURLMOPT_SOCKETDATA, this);
  set(CURLMOPT_TIMERFUNCTION, &Transfers::on_timer);
  set(CURLMOPT_TIMERDATA, this);
}

Transfers::~Transfers() {
  for (const auto& [easy, transfer] : running_) {
    remove(easy);
  }
  // Connections that end in TLS are ended in order, for which libcurl asks for
  // their sockets to be watched: while what watches them is still there.
  multi_.reset();
}

template <typename Value>
void Transfers::set(CURLMoption option, Value value) {
  const CURLMcode code = curl_multi_setopt(multi_.get(), option, value);
  if (code != CURLM_OK) {
    throw std::logic_error(curl_multi_strerror(code));
  }
}

/// Never called from within libcurl, which alone would make it fail.
void Transfers::remove(CURL* easy) {
  [[maybe_unused]] const CURLMcode code =
      curl_multi_remove_handle(multi_.get(), easy);
  assert(code == CURLM_OK);
}

void Transfers::start(const std::shared_ptr<Transfer>& transfer) {
  if (Result<void> ready = transfer->prepare(surroundings_); !ready) {
    transfer->end(std::unexpected(std::move(ready).error()));
    return;
  }
  running_.emplace(transfer->easy(), transfer);
  transfer->watch([this](Transfer& ended, Result<Response> outcome) {
    finish(ended.easy(), std::move(outcome));
  });
  const CURLMcode code = curl_multi_add_handle(multi_.get(), transfer->easy());
  if (code != CURLM_OK) {
    running_.erase(transfer->easy());
    transfer->end(fail(ErrorKind::io, curl_multi_strerror(code)));
  }
}

void Transfers::finish(CURL* easy, Result<Response> outcome) {
  const auto found = running_.find(easy);
  if (found == running_.end()) {
    return;
  }
  const std::shared_ptr<Transfer> transfer = found->second;
  // A connection lives as long as its easy handle is in the multi handle.
  const bool is_connected = outcome && transfer->only_connects();
  if (!is_connected) {
    running_.erase(found);
    remove(easy);
  }
  if (surroundings_.log.wants(DebugLog::k_requests)) {
    surroundings_.log.print(transfer->describe(outcome));
  }
  transfer->end(std::move(outcome));
}

void Transfers::close(const Transfer& transfer) {
  if (running_.erase(transfer.easy()) > 0) {
    remove(transfer.easy());
  }
}

void Transfers::drain() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg == CURLMSG_DONE) {
      CURL* easy = message->easy_handle;
      const CURLcode code = message->data.result;
      if (const auto found = running_.find(easy); found != running_.end()) {
        finish(easy, found->second->outcome(code));
      }
    }
  }
}

void Transfers::act(curl_socket_t socket, int events) {
  int running = 0;
  const CURLMcode code =
      curl_multi_socket_action(multi_.get(), socket, events, &running);
  drain();
  if (code != CURLM_OK) {
    fail_all(code);
  }
}

/// libcurl cannot go on: nobody would tell the transfers that wait for it.
void Transfers::fail_all(CURLMcode code) {
  std::vector<CURL*> waiting;
  waiting.reserve(running_.size());
  for (const auto& [easy, transfer] : running_) {
    waiting.push_back(easy);
  }
  for (CURL* const easy : waiting) {
    finish(easy, fail(ErrorKind::io, curl_multi_strerror(code)));
  }
}

int Transfers::on_socket(CURL* /*easy*/, curl_socket_t socket, int what,
                         void* self, void* /*socket_data*/) {
  static_cast<Transfers*>(self)->watch(socket, what);
  return 0;
}

int Transfers::on_timer(CURLM* /*multi*/, long milliseconds, void* self) {
  static_cast<Transfers*>(self)->set_timer(milliseconds);
  return 0;
}

void Transfers::set_timer(long milliseconds) {
  if (milliseconds < 0) {
    timer_.cancel();
    return;
  }
  timer_.expires_after(std::chrono::milliseconds(milliseconds));
  timer_.async_wait(
      [weak = weak_from_this()](const boost::system::error_code& error) {
        const auto self = weak.lock();
        if (!error && self) {
          self->act(CURL_SOCKET_TIMEOUT, 0);
        }
      });
}

void Transfers::watch(curl_socket_t socket, int what) {
  if (what == CURL_POLL_REMOVE) {
    const auto found = sockets_.find(socket);
    if (found != sockets_.end()) {
      // Now, not when the last who holds the watch lets go: the same action
      // may give the socket, still open, to another transfer.
      found->second->descriptor.release();
      sockets_.erase(found);
    }
    return;
  }
  std::shared_ptr<Watch>& watch = sockets_[socket];
  if (!watch) {
    watch = std::make_shared<Watch>(context_, socket);
  }
  watch->wants_read = (what & CURL_POLL_IN) != 0;
  watch->wants_write = (what & CURL_POLL_OUT) != 0;
  wait(socket, watch);
}

/// Waits for what is wanted and not waited for already.
void Transfers::wait(curl_socket_t socket,
                     const std::shared_ptr<Watch>& watch) {
  using boost::asio::posix::stream_descriptor;
  if (watch->wants_read && !std::exchange(watch->waits_to_read, true)) {
    watch->descriptor.async_wait(
        stream_descriptor::wait_read,
        [this, socket, weak = std::weak_ptr(watch)](const auto& error) {
          if (const auto alive = weak.lock()) {
            alive->waits_to_read = false;
            on_ready(error, socket, alive, alive->wants_read, CURL_CSELECT_IN);
          }
        });
  }
  if (watch->wants_write && !std::exchange(watch->waits_to_write, true)) {
    watch->descriptor.async_wait(
        stream_descriptor::wait_write,
        [this, socket, weak = std::weak_ptr(watch)](const auto& error) {
          if (const auto alive = weak.lock()) {
            alive->waits_to_write = false;
            on_ready(error, socket, alive, alive->wants_write,
                     CURL_CSELECT_OUT);
          }
        });
  }
}

void Transfers::on_ready(const boost::system::error_code& error,
                         curl_socket_t socket,
                         const std::shared_ptr<Watch>& watch, bool wanted,
                         int event) {
  if (error == boost::asio::error::operation_aborted) {
    return;
  }
  const auto self = shared_from_this();  // an ending task may drop the client
  if (wanted) {
    act(socket, error ? CURL_CSELECT_ERR : event);
  }
  // The action may have removed the socket, or a new one has its number.
  const auto found = sockets_.find(socket);
  if (found != sockets_.end() && found->second == watch) {
    wait(socket, watch);
  }
}

}  // namespace kprofefe::http
