// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/exit_code.hpp"

#include "base/env.hpp"
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
  std::size_t columns = 80;  ///< of the terminal
};

/// What a command has from its surroundings.
struct Context {
  const Env& env;
  Streams& streams;
};

/// `error: <message>` on err; the exit code that fits the kind.
ExitCode print_error(Streams& streams, const Error& error);

/// A hint or a warning on err: `note: <text>`.
void print_note(Streams& streams, std::string_view text);

/// Writes results to out and sees to it that they arrived: a full disk behind
/// a redirection is an error (io), not a silent loss.
Result<void> print_results(Streams& streams, std::string_view text);

/// Colour is for terminals, unless $NO_COLOR is set (no-color.org).
bool wants_colour(const Context& context);

}  // namespace kprofefe::cmd
