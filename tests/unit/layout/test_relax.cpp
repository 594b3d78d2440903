// SPDX-License-Identifier: MIT
#include "layout/steps/relax.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace kprofefe::layout {
namespace {

TEST_SUITE_BEGIN("layout");

std::vector<double> relaxed(const std::vector<Wish>& wishes) {
  std::vector<double> places(wishes.size());
  relax(wishes, places);
  return places;
}

TEST_CASE("what has room stands where it would") {
  const auto places = relaxed({{.wanted = 5},
                               {.wanted = 20, .distance = 10},
                               {.wanted = 30, .distance = 10}});
  CHECK(places == std::vector<double>{5, 20, 30});
}

TEST_CASE("those that want the same place share it by their weights") {
  CHECK(relaxed({{.wanted = 0}, {.wanted = 0, .distance = 10}}) ==
        std::vector<double>{-5, 5});
  CHECK(relaxed({{.wanted = 0, .weight = 9},
                 {.wanted = 0, .weight = 1, .distance = 10}}) ==
        std::vector<double>{-1, 9});
}

TEST_CASE("one that is pushed pushes those before it") {
  CHECK(relaxed({{.wanted = 0},
                 {.wanted = 10, .distance = 10},
                 {.wanted = 5, .distance = 10}}) ==
        std::vector<double>{-5, 5, 15});
}

TEST_CASE("nothing is nothing") {
  CHECK(relaxed({}).empty());
}

}  // namespace
}  // namespace kprofefe::layout
