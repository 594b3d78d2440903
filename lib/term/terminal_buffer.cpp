// SPDX-License-Identifier: MIT
#include "term/terminal_buffer.hpp"

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::term {

OwnSequences TerminalBuffer::allow(OwnSequences own) {
  return std::exchange(own_, own);
}

bool TerminalBuffer::show(std::string_view text) {
  return next_->sputn(text.data(), static_cast<std::streamsize>(text.size())) ==
         static_cast<std::streamsize>(text.size());
}

TerminalBuffer::int_type TerminalBuffer::overflow(int_type c) {
  if (traits_type::eq_int_type(c, traits_type::eof())) {
    return traits_type::not_eof(c);
  }
  const char byte = traits_type::to_char_type(c);
  return xsputn(&byte, 1) == 1 ? c : traits_type::eof();
}

int TerminalBuffer::sync() {
  const bool is_shown = show(text_.finish());
  return is_shown ? next_->pubsync() : -1;
}

std::streamsize TerminalBuffer::xsputn(const char* bytes,
                                       std::streamsize count) {
  const std::string_view piece(bytes, static_cast<std::size_t>(count));
  return show(text_.take(piece, own_)) ? count : 0;
}

KeepOwnSequences::KeepOwnSequences(std::ostream& out)
    : buffer_(dynamic_cast<TerminalBuffer*>(out.rdbuf())) {
  if (buffer_ != nullptr) {
    before_ = buffer_->allow(OwnSequences::kept);
  }
}

KeepOwnSequences::~KeepOwnSequences() {
  if (buffer_ != nullptr) {
    buffer_->allow(before_);
  }
}

}  // namespace kprofefe::term
