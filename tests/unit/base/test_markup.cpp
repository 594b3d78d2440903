// SPDX-License-Identifier: MIT
#include "base/markup.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe {

TEST_CASE("no markup survives in escaped text") {
  CHECK(escape_markup("</script><b a=\"x\" b='y'>&") ==
        "&lt;/script&gt;&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
  CHECK(escape_markup("é…") == "é…");
}

TEST_CASE("what XML cannot hold becomes a question mark") {
  CHECK(escape_markup(std::string("a\0b\x1b[1m\xff", 8)) == "a?b?[1m?");
  CHECK(escape_markup("\ufffe\uffff\ufffd\U0001ffff") == "??\ufffd\U0001ffff");
}

}  // namespace kprofefe
