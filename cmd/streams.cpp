// SPDX-License-Identifier: MIT
#include "cmd/streams.hpp"

#include "base/text.hpp"

#include <cerrno>
#include <ostream>

namespace kprofefe::cmd {

ExitCode print_error(Streams& streams, const Error& error) {
  if (error.kind == ErrorKind::reader_gone) {
    return ExitCode::reader_gone;
  }
  streams.err << "error: " << printable_lines(error.message) << std::endl;
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
  streams.err << "note: " << printable_lines(text) << std::endl;
}

void print_debug(Streams& streams, std::string_view text) {
  streams.err << "debug: " << printable_lines(text) << std::endl;
}

Result<void> print_results(Streams& streams, std::string_view text) {
  return print_results(streams, [&](const Sink& sink) { return sink(text); });
}

Result<void> print_results(Streams& streams, const Producer& produce) {
  const bool is_taken = produce([&](std::string_view piece) {
    return static_cast<bool>(streams.out << piece);
  });
  streams.out << std::flush;
  if (is_taken && streams.out) {
    return {};
  }
  const int error = streams.out_error != nullptr ? *streams.out_error : EIO;
  return fail(error == EPIPE ? ErrorKind::reader_gone : ErrorKind::io,
              "write standard output: " + errno_text(error));
}

bool wants_colour(const Context& context) {
  return context.streams.out_is_terminal &&
         !context.env.get("NO_COLOR").has_value();
}

}  // namespace kprofefe::cmd
