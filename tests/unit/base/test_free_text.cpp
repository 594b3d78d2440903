// SPDX-License-Identifier: MIT
#include "base/free_text.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string_view>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("base::free_text");

TEST_CASE("joined_lines is all lines on one") {
  CHECK(joined_lines("") == "");
  CHECK(joined_lines(" \r\n one \t two\r\n\n three\n") == "one two three");
  CHECK(joined_lines("\x1b[31mred\ngrün") == "?[31mred grün");
  CHECK(joined_lines("a\nb\nc", 4) == "a b …");
  CHECK(joined_lines("a\nbüc", 4) == "a b…");
  CHECK(joined_lines("a\nbü", 5) == "a bü");
}

TEST_CASE("a phrase is found in both cases of ASCII letters") {
  CHECK(find_phrase("a <TiTle>", "<title") == 2);
  CHECK(find_phrase("<title>", "") == 0);
  CHECK(find_phrase("", "a") == std::string_view::npos);
  CHECK(find_phrase("titl", "title") == std::string_view::npos);

  constexpr std::array<std::string_view, 2> k_phrases = {"in use", "busy"};
  CHECK(has_phrase("Profiler BUSY", k_phrases));
  CHECK_FALSE(has_phrase("in-use", k_phrases));
  CHECK_FALSE(has_phrase("busy", {}));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
