// SPDX-License-Identifier: MIT
#include "base/byte_buffer.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("base::ByteBuffer");

TEST_CASE("it holds what was appended, in order") {
  ByteBuffer buffer;
  std::string expected;
  for (int i = 0; i < 5000; ++i) {
    const std::string piece = std::to_string(i) + '\0';
    REQUIRE(buffer.append(piece));
    expected += piece;
  }

  CHECK(buffer == expected);
  CHECK(buffer.size() == expected.size());
}

TEST_CASE("nothing is nothing") {
  ByteBuffer buffer;
  CHECK(buffer.append(""));
  CHECK(buffer.empty());
  CHECK(buffer.view().empty());
}

TEST_CASE("what has moved away is empty and can be used again") {
  ByteBuffer one("some bytes");
  const ByteBuffer other = std::move(one);
  one = ByteBuffer();

  CHECK(other == "some bytes");
  REQUIRE(one.append("new"));
  CHECK(one == "new");
}

TEST_CASE("more than memory holds is said, and nothing is lost") {
  ByteBuffer buffer("kept");
  const std::string_view endless("x", std::size_t{1} << 62);

  CHECK_FALSE(buffer.append(endless));
  CHECK(buffer == "kept");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
