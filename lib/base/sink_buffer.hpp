// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"

#include <cstddef>
#include <string>

namespace kprofefe {

/// Text on its way to a sink, which has it in few and large pieces.
class SinkBuffer {
 public:
  /// `sink` must outlive it.
  explicit SinkBuffer(const Sink& sink) : sink_(&sink) {}

  /// To append to.
  [[nodiscard]] std::string& text() { return text_; }

  /// Passes the text on when there is enough of it; false once the sink took no
  /// more.
  bool pass_on() { return text_.size() < k_enough ? is_taken_ : flush(); }

  /// Passes all of it on.
  bool flush() {
    is_taken_ = is_taken_ && (*sink_)(text_);
    text_.clear();
    return is_taken_;
  }

 private:
  static constexpr std::size_t k_enough = std::size_t{64} << 10;

  const Sink* sink_;
  std::string text_;
  bool is_taken_ = true;
};

}  // namespace kprofefe
