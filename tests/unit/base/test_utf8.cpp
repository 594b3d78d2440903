// SPDX-License-Identifier: MIT
#include "base/utf8.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace kprofefe {
namespace {

using std::string_view_literals::operator""sv;

TEST_SUITE_BEGIN("base");

TEST_CASE("first_character decodes every length of UTF-8") {
  struct Row {
    std::string_view text;
    char32_t code;
    std::size_t bytes;
  };

  for (const Row& row :
       {Row{"\0"sv, 0, 1}, Row{"az", 'a', 1}, Row{"\x7f", 0x7f, 1},
        Row{"\xc2\x80", 0x80, 2}, Row{"ä!", 0xe4, 2}, Row{"\xdf\xbf", 0x7ff, 2},
        Row{"\xe0\xa0\x80", 0x800, 3}, Row{"€", 0x20ac, 3},
        Row{"\xed\x9f\xbf", 0xd7ff, 3}, Row{"\xee\x80\x80", 0xe000, 3},
        Row{"\xef\xbf\xbd", 0xfffd, 3}, Row{"😀x", 0x1f600, 4},
        Row{"\xf4\x8f\xbf\xbf", 0x10ffff, 4}}) {
    CAPTURE(row.text);
    const Character first = first_character(row.text);
    CHECK(first.valid);
    CHECK(first.code == row.code);
    CHECK(first.bytes == row.bytes);
  }
}

TEST_CASE("what is no UTF-8 is one byte that is not valid") {
  for (const std::string_view text :
       {"\x80"sv, "\xbf"sv, "\xc0\x80"sv, "\xc1\xbf"sv, "\xc3"sv, "\xc3("sv,
        "\xe0\x9f\xbf"sv, "\xe2\x82"sv, "\xe2(\xa1"sv, "\xe2\x82("sv,
        "\xed\xa0\x80"sv, "\xed\xbf\xbf"sv, "\xf0\x8f\xbf\xbf"sv,
        "\xf0\x9f\x98"sv, "\xf4\x90\x80\x80"sv, "\xf8\x88\x80\x80\x80"sv,
        "\xfe"sv, "\xff"sv}) {
    const Character first = first_character(text);
    CHECK_FALSE(first.valid);
    CHECK(first.bytes == 1);
  }
}

TEST_CASE("printable keeps text and replaces the rest") {
  struct Row {
    std::string_view text;
    std::string_view shown;
  };

  for (const Row& row :
       {Row{"", ""}, Row{"plain text", "plain text"},
        Row{"grün 日本 😀", "grün 日本 😀"},
        Row{"\x1b]0;title\x07", "?]0;title?"}, Row{"a\nb\tc\r", "a?b?c?"},
        Row{"\x7f", "?"}, Row{"\u0085\u009b", "??"},
        Row{"a\u202eb\u2066c\u200fd", "a?b?c?d"},
        Row{"line\u2028end", "line?end"}, Row{"\xff\xc3", "??"},
        Row{"\xe2\x82z", "??z"}, Row{"\xef\xbf\xbd", "\xef\xbf\xbd"}}) {
    CAPTURE(row.text);
    CHECK(printable(row.text) == row.shown);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
