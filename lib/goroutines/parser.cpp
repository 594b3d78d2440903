// SPDX-License-Identifier: MIT
#include "goroutines/parser.hpp"

#include "goroutines/frame.hpp"

#include <algorithm>

namespace kprofefe::goroutines {
namespace {

constexpr std::string_view k_begin = "goroutine ";

/// Longer than the name of any generic function.
constexpr std::size_t k_max_line_bytes = std::size_t{64} << 10;

/// Go prints 100 frames of a goroutine.
constexpr std::size_t k_max_stack_bytes = std::size_t{1} << 20;

/// Stands for what we leave out, as Go's own `...3 frames elided...` does.
constexpr std::string_view k_elided = "...frames elided...";
constexpr std::string_view k_cut = "...the dump ends here...";

/// What is a line of a stack by itself, without numbers that would make equal
/// stacks differ; empty: it is none.
std::string_view mark_of(std::string_view line) {
  constexpr std::string_view k_unavailable =
      "goroutine running on other thread; stack unavailable";
  if (line.starts_with("...") && line.ends_with(" frames elided...")) {
    return k_elided;
  }
  if (line.starts_with("[originating from goroutine ")) {
    return "[originating from]";
  }
  if (line.starts_with("non-Go function at pc=")) {
    return "non-Go function";
  }
  if (line.starts_with('\t') && line.substr(1) == k_unavailable) {
    return k_unavailable;
  }
  return {};
}

/// Whether a line that ends the dump lacks its place.
bool is_call(std::string_view line) {
  return line.ends_with(')') || line.starts_with("created by ");
}

}  // namespace

void Parser::feed(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t end = piece.find('\n');
    const std::string_view part = piece.substr(0, end);
    const bool is_whole = end != std::string_view::npos;
    if (is_whole && line_.empty()) {
      take_line(part.substr(0, k_max_line_bytes));
    } else {
      line_ += part.substr(0, k_max_line_bytes - line_.size());
      if (is_whole) {
        take_line(line_);
        line_.clear();
      }
    }
    piece.remove_prefix(is_whole ? end + 1 : piece.size());
  }
}

void Parser::finish() {
  // A text that was pasted may lack its last line end, but not the address that
  // ends the line.
  const bool is_cut = !line_.empty() && !line_.contains(" +0x");
  if (!is_cut && !line_.empty()) {
    take_line(line_);
  }
  const bool is_open =
      in_goroutine_ && (is_cut || is_call(call_) || stack_.empty());
  is_truncated_ = is_open || (is_cut && line_.starts_with(k_begin));
  line_.clear();
  if (is_open) {
    add_frame(k_cut, {});
  }
  end();
}

void Parser::take_line(std::string_view line) {
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  if (read_header(line)) {
    end();
    header_ = line;
    in_goroutine_ = true;
  } else if (in_goroutine_ && line.empty()) {
    end();
  } else if (in_goroutine_) {
    take_stack_line(line);
  }
}

/// Only what has a place is a frame: others may have printed in between, as a
/// log, or `exit status 2`.
void Parser::take_stack_line(std::string_view line) {
  if (const std::string_view mark = mark_of(line); !mark.empty()) {
    add_frame(mark, {});
    call_.clear();
  } else if (!line.starts_with('\t')) {
    call_ = line;
  } else if (!call_.empty() && is_place(line.substr(1))) {
    add_frame(call_, line.substr(1));
    call_.clear();
  }
}

void Parser::add_frame(std::string_view call, std::string_view place) {
  if (stack_.size() + call.size() + place.size() < k_max_stack_bytes) {
    append_frame(stack_, call, place);
  } else if (!stack_.ends_with("...\n")) {
    append_frame(stack_, k_elided, {});
  }
}

void Parser::end() {
  if (in_goroutine_) {
    on_goroutine_({.header = *read_header(header_), .stack = stack_});
  }
  in_goroutine_ = false;
  stack_.clear();
  call_.clear();
}

bool begins_dump(std::string_view text) {
  // `goroutine profile: total 5` is what debug=1 answers.
  return text.starts_with(k_begin) && text.size() > k_begin.size() &&
         text[k_begin.size()] >= '0' && text[k_begin.size()] <= '9';
}

}  // namespace kprofefe::goroutines
