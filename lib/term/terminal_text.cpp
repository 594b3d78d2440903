// SPDX-License-Identifier: MIT
#include "term/terminal_text.hpp"

#include "base/utf8.hpp"
#include "term/style.hpp"

#include <algorithm>
#include <cstddef>

namespace kprofefe::term {
namespace {

constexpr std::string_view k_crlf = "\r\n";

/// How long the sequence of our own is that `text` begins with; 0: none.
std::size_t own_sequence(std::string_view text) {
  const auto* const found = std::ranges::find_if(
      k_sequences,
      [&](std::string_view sequence) { return text.starts_with(sequence); });
  return found == k_sequences.end() ? 0 : found->size();
}

/// Most of what is ever shown, at once: how many bytes need no look.
std::size_t plain_bytes(std::string_view text) {
  const auto* const end = std::ranges::find_if(text, [](char c) {
    return (c < ' ' && c != '\n' && c != '\t') || c > '~';
  });
  return static_cast<std::size_t>(end - text.begin());
}

/// How long the character is that begins with `byte`; see RFC 3629.
std::size_t bytes_from(char byte) {
  const auto first = static_cast<unsigned char>(byte);
  if (first >= 0xf0) {
    return 4;
  }
  if (first >= 0xe0) {
    return 3;
  }
  return first >= 0xc0 ? 2 : 1;
}

/// Whether the next piece may say what `text` means.
bool is_begun(std::string_view text) {
  if (text == "\r") {
    return true;
  }
  return text.size() < bytes_from(text.front()) &&
         std::ranges::all_of(
             text.substr(1),
             [](char c) {
               return (static_cast<unsigned char>(c) & 0xc0U) == 0x80;
             });
}

/// Appends the first character to `shown`; returns how many bytes it took.
std::size_t show_first(std::string_view text, std::string& shown) {
  if (text.starts_with(k_crlf)) {
    shown += '\n';
    return k_crlf.size();
  }
  const Character next = first_character(text);
  const bool shows = next.valid && !is_control(next.code);
  shown += shows ? text.substr(0, next.bytes) : "?";
  return next.bytes;
}

}  // namespace

std::string TerminalText::take(std::string_view piece, OwnSequences own) {
  const std::string joined = waiting_ + std::string(piece);
  std::string_view text = joined;
  waiting_.clear();
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    std::size_t bytes = plain_bytes(text);
    if (bytes == 0 && own == OwnSequences::kept) {
      bytes = own_sequence(text);
    }
    if (bytes > 0) {
      shown += text.substr(0, bytes);
    } else if (is_begun(text)) {
      waiting_ = text;
      break;
    } else {
      bytes = show_first(text, shown);
    }
    text.remove_prefix(bytes);
  }
  return shown;
}

std::string TerminalText::finish() {
  const std::string shown(waiting_.size(), '?');
  waiting_.clear();
  return shown;
}

}  // namespace kprofefe::term
