// SPDX-License-Identifier: MIT
#include "term/stream_queue.hpp"

#include <climits>

#include <poll.h>

#include <algorithm>
#include <ostream>

namespace kprofefe::term {

/// A pipe that says so takes PIPE_BUF bytes without waiting (pipe(7)).
bool StreamQueue::has_room() const {
  pollfd look{.fd = fd_, .events = POLLOUT, .revents = 0};
  return fd_ < 0 || (::poll(&look, 1, 0) == 1 && (look.revents & POLLOUT) != 0);
}

void StreamQueue::write(std::string_view text) {
  text_ += text;
  std::size_t written = 0;
  while (!hold_ && written < text_.size() && has_room()) {
    const std::size_t piece =
        std::min<std::size_t>(PIPE_BUF, text_.size() - written);
    stream_.write(text_.data() + written, static_cast<std::streamsize>(piece));
    stream_.flush();
    written += piece;
  }
  text_.erase(0, written);
}

void StreamQueue::flush() {
  stream_ << text_ << std::flush;
  text_.clear();
}

}  // namespace kprofefe::term
