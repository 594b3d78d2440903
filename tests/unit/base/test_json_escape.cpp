// SPDX-License-Identifier: MIT
#include "base/json_escape.hpp"

#include <doctest/doctest.h>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("base::escape_controls");

TEST_CASE("what a terminal would obey is escaped") {
  CHECK(escape_controls("\"\x7f \xc2\x9b \xd8\x9c\"") ==
        "\"\\u007f \\u009b \\u061c\"");
  CHECK(escape_controls("\u200e\u200f\u202a\u202e\u2028\u2066\u2069") ==
        "\\u200e\\u200f\\u202a\\u202e\\u2028\\u2066\\u2069");
}

TEST_CASE("everything else stays as it is") {
  const std::string text = "{\n\t\"a\\u001b\": \"ä€𝄞\u2027\xff\"\n}\n";
  CHECK(escape_controls(text) == text);
  CHECK(escape_controls("").empty());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
