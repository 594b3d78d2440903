// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace kprofefe::term {

/// Text on its way to a stream whose reader may be slow: while a round runs,
/// nothing may wait for that. What the stream would not take at once is kept.
class StreamQueue {
 public:
  /// `fd` is what the stream writes to; -1: it never makes anybody wait. With
  /// `hold` all is kept until flush().
  StreamQueue(std::ostream& stream, int fd, bool hold)
      : stream_(stream), fd_(fd), hold_(hold) {}

  /// Writes as much as fits now.
  void write(std::string_view text);

  /// Writes the rest, however long that takes.
  void flush();

 private:
  [[nodiscard]] bool has_room() const;

  std::ostream& stream_;
  int fd_;
  bool hold_;
  std::string text_;
};

}  // namespace kprofefe::term
