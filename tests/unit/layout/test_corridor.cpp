// SPDX-License-Identifier: MIT
#include "layout/steps/corridor.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace kprofefe::layout {
namespace {

TEST_SUITE_BEGIN("layout");

using Way = std::vector<Point>;

TEST_CASE("a way is straight when it can be") {
  const Corridor corridor = {
      {.top = 10, .bottom = 20, .left = -50, .right = 50}};
  CHECK(shortest_way(corridor, {.x = 0, .y = 0}, {.x = 30, .y = 30}) ==
        Way{{.x = 0, .y = 0}, {.x = 30, .y = 30}});
}

TEST_CASE("a way bends at the corners of what is in it") {
  const Corridor corridor = {
      {.top = 10, .bottom = 20, .left = 40, .right = 90},
      {.top = 30, .bottom = 40, .left = -90, .right = -40}};
  CHECK(shortest_way(corridor, {.x = 0, .y = 0}, {.x = 0, .y = 50}) ==
        Way{{.x = 0, .y = 0},
            {.x = 40, .y = 10},
            {.x = 40, .y = 20},
            {.x = -40, .y = 30},
            {.x = -40, .y = 40},
            {.x = 0, .y = 50}});
}

TEST_CASE("a corridor holds what is between its bands, too") {
  const Corridor corridor = {
      {.top = 10, .bottom = 20, .left = 0, .right = 10},
      {.top = 30, .bottom = 40, .left = 50, .right = 60}};
  const Point inside = {.x = 5, .y = 15};
  CHECK(holds(corridor, inside, inside));
  CHECK(holds(corridor, inside, {.x = 500, .y = 28}) == false);
  CHECK(holds(corridor, {.x = 10, .y = 20}, {.x = 500, .y = 29}));
  CHECK(holds(corridor, {.x = 5, .y = 19}, {.x = 55, .y = 41}) == false);
  CHECK(holds(corridor, {.x = 5, .y = 20}, {.x = 55, .y = 30}));
  CHECK(holds(corridor, {.x = 5, .y = 45}, {.x = 500, .y = 99}));
}

}  // namespace
}  // namespace kprofefe::layout
