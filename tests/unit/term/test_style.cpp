// SPDX-License-Identifier: MIT
#include "term/style.hpp"

#include <doctest/doctest.h>

namespace kprofefe::term {
namespace {

TEST_SUITE_BEGIN("term");

TEST_CASE("a style that is not enabled adds nothing") {
  const Style off;
  for (const Colour colour :
       {Colour::none, Colour::red, Colour::yellow, Colour::dim}) {
    CHECK(off.paint(colour, "text") == "text");
  }
}

TEST_CASE("an enabled style wraps the text and ends the colour") {
  const Style on{.enabled = true};
  CHECK(on.paint(Colour::red, "text") == "\x1b[31mtext\x1b[0m");
  CHECK(on.paint(Colour::yellow, "text") == "\x1b[33mtext\x1b[0m");
  CHECK(on.paint(Colour::dim, "text") == "\x1b[2mtext\x1b[0m");
  CHECK(on.paint(Colour::none, "text") == "text");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::term
