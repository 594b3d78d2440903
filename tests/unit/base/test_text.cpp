// SPDX-License-Identifier: MIT
#include "base/text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe {
namespace {

using std::string_view_literals::operator""sv;

TEST_SUITE_BEGIN("base");

TEST_CASE("split keeps empty parts") {
  using Parts = std::vector<std::string_view>;
  CHECK(split("a,b", ',') == Parts{"a", "b"});
  CHECK(split("", ',') == Parts{""});
  CHECK(split(",", ',') == Parts{"", ""});
  CHECK(split(",a,,b,", ',') == Parts{"", "a", "", "b", ""});
  CHECK(split("a b", ',') == Parts{"a b"});
}

TEST_CASE("trim takes white space off both ends") {
  CHECK(trim("") == "");
  CHECK(trim(" \t\r\n\v\f") == "");
  CHECK(trim("\n a b \r\n") == "a b");
  CHECK(trim("a") == "a");
}

TEST_CASE("equals_ignoring_case knows ASCII letters") {
  CHECK(equals_ignoring_case("Content-Type", "content-tYPE"));
  CHECK(equals_ignoring_case("", ""));
  CHECK_FALSE(equals_ignoring_case("a", "ab"));
  CHECK_FALSE(equals_ignoring_case("a", "b"));
  // '@' and '`', '[' and '{' differ by the bit that letters' cases differ by.
  CHECK_FALSE(equals_ignoring_case("@[", "`{"));
  CHECK_FALSE(equals_ignoring_case("Ä", "ä"));
}

TEST_CASE("one_line is the first line that is not empty, printable") {
  struct Row {
    std::string_view text;
    std::string_view line;
  };

  for (const Row& row :
       {Row{"", ""}, Row{" \r\n ", ""}, Row{"one", "one"},
        Row{"\n\n  one  \r\ntwo", "one"}, Row{"a\tb", "a?b"},
        Row{"\x1b[31mred", "?[31mred"}, Row{"a\0b"sv, "a?b"},
        Row{"a\rb", "a?b"}, Row{"grün", "grün"}, Row{"gr\xfcn", "gr?n"},
        Row{"\u202etxt", "?txt"}, Row{"\u009b1m", "?1m"}}) {
    CAPTURE(row.text);
    CHECK(one_line(row.text) == row.line);
  }
}

TEST_CASE("one_line is cut between characters") {
  struct Row {
    std::string_view text;
    std::size_t max_bytes;
    std::string_view line;
  };

  for (const Row& row :
       {Row{"abcdef", 6, "abcdef"}, Row{"abcdef", 5, "abcde…"},
        Row{"abcdef", 0, "…"}, Row{"äöü", 6, "äöü"}, Row{"äöü", 5, "äö…"},
        Row{"äöü", 4, "äö…"}, Row{"äöü", 3, "ä…"}, Row{"äöü", 1, "…"},
        Row{"€uro", 3, "€…"}, Row{"€uro", 2, "…"}, Row{"😀😀", 7, "😀…"},
        Row{"", 0, ""}, Row{"\xff\xff\xff", 2, "??…"}}) {
    CAPTURE(row.text);
    CAPTURE(row.max_bytes);
    CHECK(one_line(row.text, row.max_bytes) == row.line);
  }
  CHECK(one_line(std::string(5000, 'x')) == std::string(200, 'x') + "…");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
