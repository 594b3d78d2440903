// SPDX-License-Identifier: MIT
#pragma once

#include "term/terminal_text.hpp"

#include <iosfwd>
#include <streambuf>
#include <string_view>

namespace kprofefe::term {

/// The buffer of a stream to a terminal: nothing that a pod, a server, a
/// profile or a file says steers it, whoever writes that (see TerminalText).
class TerminalBuffer final : public std::streambuf {
 public:
  /// `next` takes what can be shown, and must outlive this.
  explicit TerminalBuffer(std::streambuf* next) : next_(next) {}

  /// Returns what was allowed before.
  OwnSequences allow(OwnSequences own);

 protected:
  int_type overflow(int_type c) override;
  int sync() override;
  std::streamsize xsputn(const char* bytes, std::streamsize count) override;

 private:
  bool show(std::string_view text);

  std::streambuf* next_;
  TerminalText text_;
  OwnSequences own_ = OwnSequences::refused;
};

/// While it lives, our own sequences reach the terminal behind `out`.
class KeepOwnSequences {
 public:
  explicit KeepOwnSequences(std::ostream& out);
  KeepOwnSequences(const KeepOwnSequences&) = delete;
  KeepOwnSequences& operator=(const KeepOwnSequences&) = delete;
  ~KeepOwnSequences();

 private:
  TerminalBuffer* buffer_;  ///< null: there is no terminal
  OwnSequences before_ = OwnSequences::refused;
};

}  // namespace kprofefe::term
