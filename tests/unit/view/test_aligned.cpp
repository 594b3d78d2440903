// SPDX-License-Identifier: MIT
#include "view/text/aligned.hpp"

#include <doctest/doctest.h>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

TEST_CASE("pad_left counts characters, not bytes") {
  CHECK(pad_left("ab", 4) == "  ab");
  CHECK(pad_left("µs", 4) == "  µs");
  CHECK(pad_left("abcdef", 4) == "abcdef");
}

TEST_CASE("align_right makes a column as wide as its widest cell") {
  CHECK(align_right("key:\t rest\n \t1:\t a\n \t100:\t b\n") ==
        " key: rest\n        1: a\n      100: b\n");
}

TEST_CASE("align_right starts anew behind a line without cells") {
  CHECK(align_right("long one:\t a\n\nb:\t c\n") == " long one: a\n\n b: c\n");
}

}  // namespace
}  // namespace kprofefe::view
