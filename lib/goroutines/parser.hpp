// SPDX-License-Identifier: MIT
#pragma once

#include "goroutines/header.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::goroutines {

/// One goroutine of a dump. The texts live until the next is read.
struct Goroutine {
  Header header;
  std::string_view stack;  ///< see frame.hpp
};

/// Reads what runtime.Stack() and a program that panics or gets SIGQUIT print,
/// as it comes: what is between goroutines, as the log around a panic, is
/// skipped. Keeps one goroutine, of which at most a MiB.
class Parser {
 public:
  /// Gets each goroutine as soon as it is whole.
  explicit Parser(std::function<void(const Goroutine&)> on_goroutine)
      : on_goroutine_(std::move(on_goroutine)) {}

  /// The next piece, cut anywhere.
  void feed(std::string_view piece);

  /// There is no more. The goroutine in which the dump ends counts.
  void finish();

  /// After finish(): the dump ends within a goroutine, so that there may have
  /// been more.
  [[nodiscard]] bool is_truncated() const { return is_truncated_; }

 private:
  void take_line(std::string_view line);
  void take_stack_line(std::string_view line);
  void add_frame(std::string_view call, std::string_view place);
  void end();

  std::function<void(const Goroutine&)> on_goroutine_;
  std::string line_;    ///< of which the end has not come
  std::string header_;  ///< the line before the stack
  std::string call_;    ///< of which the place has not come; or empty
  std::string stack_;
  bool in_goroutine_ = false;
  bool is_truncated_ = false;
};

/// Whether `text` begins as a response of `goroutine?debug=2` does.
bool begins_dump(std::string_view text);

}  // namespace kprofefe::goroutines
