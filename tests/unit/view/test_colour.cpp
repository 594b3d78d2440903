// SPDX-License-Identifier: MIT
#include "view/text/colour.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

TEST_CASE("a colour goes from green over grey to red") {
  CHECK(line_colour(-1) == "#00b200");
  CHECK(line_colour(0) == "#b2b2b2");
  CHECK(line_colour(1) == "#b20000");
  CHECK(fill_colour(-1) == "#d5edd5");
  CHECK(fill_colour(0) == "#ededed");
  CHECK(fill_colour(1) == "#edd5d5");
}

TEST_CASE("a colour of more than all is that of all, and of nothing is grey") {
  CHECK(line_colour(7) == line_colour(1));
  CHECK(line_colour(-std::numeric_limits<double>::infinity()) ==
        line_colour(-1));
  CHECK(line_colour(0.001) == "#b2b2b1");
  // What pprof has for 0 of 0.
  CHECK(line_colour(std::numeric_limits<double>::quiet_NaN()) == "#b20000");
}

}  // namespace
}  // namespace kprofefe::view
