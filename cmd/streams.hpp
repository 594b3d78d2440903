// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/exit_code.hpp"

#include "base/env.hpp"
#include "base/file.hpp"
#include "base/result.hpp"

#include <iosfwd>
#include <string_view>

namespace kprofefe::cmd {

/// Where a command writes: results to `out`, everything else to `err`.
struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int verbosity = 0;  ///< -v: a level of DebugLog
  /// errno of a write to `out` that failed; null: nobody knows it.
  const int* out_error = nullptr;
  /// Descriptors behind the two; -1: none, they never make anybody wait.
  int out_fd = -1;
  int err_fd = -1;
};

/// What a command has from its surroundings.
struct Context {
  const Env& env;
  Streams& streams;
};

/// `error: <message>` on err; returns the exit code of its kind. Nothing is
/// printed if the reader of out is gone.
ExitCode print_error(Streams& streams, const Error& error);

/// A hint or a warning on err: `note: <text>`.
void print_note(Streams& streams, std::string_view text);

/// What -v asks for on err: `debug: <text>`.
void print_debug(Streams& streams, std::string_view text);

/// Writes results to out and sees to it that they arrived: a full disk behind
/// a redirection is an error (io), not a silent loss. Errors: io, reader_gone.
Result<void> print_results(Streams& streams, std::string_view text);

/// The same for a text that is made while it is written; see write_file().
Result<void> print_results(Streams& streams, const Producer& produce);

/// Colour is for terminals, unless $NO_COLOR is set (no-color.org).
bool wants_colour(const Context& context);

}  // namespace kprofefe::cmd
