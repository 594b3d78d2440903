// SPDX-License-Identifier: MIT
#include "term/width.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace kprofefe::term {
namespace {

TEST_SUITE_BEGIN("term");

TEST_CASE("display_width counts columns of a terminal") {
  struct Row {
    std::string_view text;
    std::size_t width;
  };

  for (const Row& row :
       {Row{"", 0}, Row{"abc", 3}, Row{"grün", 4}, Row{"e\u0301", 1},
        Row{"日本語", 6}, Row{"ｆｕ", 4}, Row{"한글", 4}, Row{"😀", 2},
        Row{"a\u200bb", 2}, Row{"…", 1}, Row{"\xff\xfe", 2}, Row{"\xc3", 1}}) {
    CAPTURE(row.text);
    CHECK(display_width(row.text) == row.width);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::term
