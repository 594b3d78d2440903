// SPDX-License-Identifier: MIT
#include "cmd/streams.hpp"

#include "term/terminal_buffer.hpp"

#include <doctest/doctest.h>

#include <ostream>
#include <sstream>
#include <streambuf>
#include <string>

namespace kprofefe::cmd {
namespace {

constexpr const char* k_red = "\x1b[31mred\x1b[0m\n";

TEST_SUITE_BEGIN("term::TerminalBuffer");

TEST_CASE("no sequence of a stranger reaches the terminal") {
  std::ostringstream terminal;
  term::TerminalBuffer buffer(terminal.rdbuf());
  std::ostream out(&buffer);
  Streams streams{out, out};

  REQUIRE(print_results(streams, k_red));
  print_note(streams, k_red);
  out << 'a' << '\x1b' << "\xe2\x82" << std::flush;

  CHECK(terminal.str() == "?[31mred?[0m\nnote: ?[31mred?[0m\n\na???");
}

TEST_CASE("our own colours do, and only as long as they are asked for") {
  std::ostringstream terminal;
  term::TerminalBuffer buffer(terminal.rdbuf());
  std::ostream out(&buffer);
  Streams streams{out, out};

  {
    const term::KeepOwnSequences keep(out);
    REQUIRE(print_results(streams, k_red));
  }
  REQUIRE(print_results(streams, "\x1b[31m"));

  CHECK(terminal.str() == std::string(k_red) + "?[31m");
}

TEST_CASE("where there is no terminal every byte arrives") {
  std::ostringstream pipe;
  Streams streams{pipe, pipe};
  {
    const term::KeepOwnSequences keep(pipe);
    REQUIRE(print_results(streams, k_red));
  }
  REQUIRE(print_results(streams, k_red));
  CHECK(pipe.str() == std::string(k_red) + k_red);
}

/// Takes nothing.
class ClosedBuffer final : public std::streambuf {};

TEST_CASE("that the terminal is gone is seen") {
  ClosedBuffer closed;
  term::TerminalBuffer buffer(&closed);
  std::ostream out(&buffer);
  out << "text";
  CHECK_FALSE(out);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
