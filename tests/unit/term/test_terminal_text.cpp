// SPDX-License-Identifier: MIT
#include "term/style.hpp"
#include "term/terminal_text.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::term {
namespace {

std::string shown(std::string_view text,
                  OwnSequences own = OwnSequences::refused) {
  TerminalText filter;
  return filter.take(text, own) + filter.finish();
}

TEST_SUITE_BEGIN("TerminalText");

TEST_CASE("text stays, and so do its lines and tabs") {
  CHECK(shown("a\tb\nc ~\n") == "a\tb\nc ~\n");
  CHECK(shown("ä€𝄞") == "ä€𝄞");
  CHECK(shown("one\r\ntwo\r\n") == "one\ntwo\n");
}

TEST_CASE("what a terminal would obey is shown as a question mark") {
  CHECK(shown("\x1b]0;x\x07\x1b[2J") == "?]0;x??[2J");
  CHECK(shown("a\rb\bc\x7f") == "a?b?c?");
  CHECK(shown("\xc2\x9b\x31m \x9b") == "?1m ?");
  CHECK(shown("\u202eabc\u2066\u061c\u200f") == "?abc???");
  CHECK(shown("\xe2\x82 \xff \xc0\xaf") == "?? ? ??");
}

TEST_CASE("sequences like our own are a stranger's unless they are kept") {
  for (const Colour colour : {Colour::red, Colour::yellow, Colour::dim}) {
    const std::string painted = Style{true}.paint(colour, "x");
    CHECK(shown(painted, OwnSequences::kept) == painted);
    CHECK(shown(painted).find('\x1b') == std::string::npos);
  }
  CHECK(shown(k_clear_line, OwnSequences::kept) == k_clear_line);
  CHECK(shown("\x1b[35m\x1b[2J\r", OwnSequences::kept) == "?[35m?[2J?");
}

TEST_CASE("a text may be cut anywhere into pieces") {
  const std::string text = "ä\r\n€\xc2\x9b𝄞\xe2\x82|\x1b\r";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    CAPTURE(cut);
    TerminalText filter;
    std::string pieces = filter.take(text.substr(0, cut), {});
    pieces += filter.take(text.substr(cut), {}) + filter.finish();
    CHECK(pieces == shown(text));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::term
