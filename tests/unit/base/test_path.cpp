// SPDX-License-Identifier: MIT
#include "base/path.hpp"

#include <doctest/doctest.h>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("base");

TEST_CASE("base_name is the last part of a path") {
  CHECK(base_name("/a/b") == "b");
  CHECK(base_name("/a/b/") == "b");
  CHECK(base_name("b") == "b");
  CHECK(base_name("///") == "/");
  CHECK(base_name("") == ".");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
