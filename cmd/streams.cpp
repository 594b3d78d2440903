// SPDX-License-Identifier: MIT
#include "cmd/streams.hpp"

#include <ostream>

namespace kprofefe::cmd {

ExitCode print_error(Streams& streams, const Error& error) {
  streams.err << "error: " << error.message << std::endl;
  switch (error.kind) {
    case ErrorKind::usage:
      return ExitCode::usage;
    case ErrorKind::cancelled:
      return ExitCode::interrupted;
    default:
      return ExitCode::failed;
  }
}

void print_note(Streams& streams, std::string_view text) {
  streams.err << "note: " << text << std::endl;
}

Result<void> print_results(Streams& streams, std::string_view text) {
  streams.out << text << std::flush;
  if (!streams.out) {
    return fail(ErrorKind::io,
                "write results to standard output: failed (is "
                "the disk full, or the reader gone?)");
  }
  return {};
}

bool wants_colour(const Context& context) {
  return context.streams.out_is_terminal &&
         !context.env.get("NO_COLOR").has_value();
}

}  // namespace kprofefe::cmd
