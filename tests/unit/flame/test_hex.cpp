// SPDX-License-Identifier: MIT
#include "flame/hex.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::flame {

TEST_CASE("hexadecimal digits are bytes") {
  CHECK(from_hex("00ff4a") == std::string("\0\xffJ", 3));
}

}  // namespace kprofefe::flame
