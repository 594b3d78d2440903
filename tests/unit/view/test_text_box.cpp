// SPDX-License-Identifier: MIT
#include "view/text/text_box.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

TEST_CASE("a text is a bit wider than in Helvetica") {
  // 0.556 of the size each, as all digits are.
  CHECK(text_width("0123456789", 10) > 55.6);
  CHECK(text_width("0123456789", 10) < 66);
  CHECK(text_width("iiii", 10) < text_width("mm", 10));
  CHECK(text_width("", 10) == 0);
  CHECK(text_width("ab", 20) == doctest::Approx(2 * text_width("ab", 10)));
}

TEST_CASE("what is not ASCII is taken to be wide") {
  CHECK(text_width("界", 10) > 10);
  CHECK(text_width("é", 10) > text_width("e", 10));
  CHECK(text_width("\xff", 10) > 10);
}

TEST_CASE("a box is as wide as its widest line and as high as all") {
  const TextBox box = make_text_box({"a", "abc", "ab"}, 10);
  CHECK(box.width == text_width("abc", 10));
  CHECK(box.height == doctest::Approx(36));
  CHECK(make_text_box({}, 10).height == 0);
}

TEST_CASE("a long line loses its middle, never a part of a character") {
  std::string line = "first";
  for (int i = 0; i < 100; ++i) {
    line += "é";
  }
  const TextBox box = make_text_box({line + "last"}, 10);
  const std::string& shown = box.lines.front();
  CHECK(shown.starts_with("firsté"));
  CHECK(shown.ends_with("élast"));
  CHECK(shown.find("é…é") != std::string::npos);
  CHECK(shown.size() < line.size());
  const std::string fits(64, 'x');
  CHECK(make_text_box({fits}, 10).lines.front() == fits);
}

}  // namespace
}  // namespace kprofefe::view
