// SPDX-License-Identifier: MIT
#include "term/line_editor.hpp"

#include <doctest/doctest.h>

namespace kprofefe::term {
namespace {

TEST_SUITE_BEGIN("term");

TEST_CASE("a line becomes what all choices begin with") {
  CHECK(complete_line("to", {}) == "to");
  CHECK(complete_line("to", {"top"}) == "top");
  CHECK(complete_line("no", {"nodecount", "nodefraction"}) == "node");
  CHECK(complete_line("node", {"nodecount", "nodefraction"}) == "node");
  CHECK(complete_line("top", {"top", "topproto"}) == "top");
}

TEST_CASE("one choice may be another text, several may not") {
  CHECK(complete_line("list handle", {"list main.handle"}) ==
        "list main.handle");
  CHECK(complete_line("list handle", {"list a.handle", "list b.handle"}) ==
        "list handle");
  CHECK(complete_line("list x", {"list runtime.ax", "list runtime.bx"}) ==
        "list x");
  CHECK(complete_line("list (*S",
                      {R"(list \(\*Srv\).A)", R"(list \(\*Srv\).B)"}) ==
        R"(list \(\*Srv\).)");
}

TEST_CASE("a character is not cut in two") {
  CHECK(complete_line("g", {"gr\u00e4le", "gr\u00f6\u00dfe"}) == "gr");
  CHECK(complete_line("gr", {"gr\u00e4le", "gr\u00f6\u00dfe"}) == "gr");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::term
