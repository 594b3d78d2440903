// SPDX-License-Identifier: MIT
#include "flame/escape.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::flame {

TEST_CASE("no markup survives in escaped text") {
  CHECK(escape_markup("</script><b a=\"x\" b='y'>&") ==
        "&lt;/script&gt;&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
  CHECK(escape_markup("é…") == "é…");
}

TEST_CASE("what XML cannot hold becomes a question mark") {
  CHECK(escape_markup(std::string("a\0b\x1b[1m\xff", 8)) == "a?b?[1m?");
}

TEST_CASE("hexadecimal digits are bytes") {
  CHECK(from_hex("00ff4a") == std::string("\0\xffJ", 3));
}

}  // namespace kprofefe::flame
