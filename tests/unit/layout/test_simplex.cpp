// SPDX-License-Identifier: MIT
#include "graphs.hpp"
#include "layout/steps/simplex.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace kprofefe::layout {
namespace {

TEST_SUITE_BEGIN("layout");

using Values = std::vector<std::int64_t>;

constexpr std::uint64_t k_enough = 1'000'000;

bool keeps_to(const std::vector<Span>& spans, const Values& values) {
  return std::ranges::all_of(spans, [&](const Span& span) {
    return values[span.head] - values[span.tail] >= span.min_length;
  });
}

std::int64_t cost(const std::vector<Span>& spans, const Values& values) {
  std::int64_t sum = 0;
  for (const Span& span : spans) {
    sum += span.weight * (values[span.head] - values[span.tail]);
  }
  return sum;
}

/// Of all ways to give each node a value from 0 to `end`.
std::int64_t least_cost(const std::vector<Span>& spans, std::size_t nodes,
                        std::int64_t end) {
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  Values values(nodes);
  while (true) {
    if (keeps_to(spans, values)) {
      least = std::min(least, cost(spans, values));
    }
    std::size_t i = 0;
    while (i < nodes && ++values[i] > end) {
      values[i++] = 0;
    }
    if (i == nodes) {
      return least;
    }
  }
}

/// Spans from lower to higher numbers that connect all.
std::vector<Span> random_spans(std::uint32_t seed, Index nodes, Index more) {
  Dice dice(seed);
  std::vector<Span> spans;
  for (Index node = 1; node < nodes; ++node) {
    spans.push_back({.tail = dice.below(node),
                     .head = node,
                     .min_length = dice.below(2),
                     .weight = dice.below(5)});
  }
  for (Index i = 0; i < more; ++i) {
    const Index head = 1 + dice.below(nodes - 1);
    spans.push_back({.tail = dice.below(head),
                     .head = head,
                     .min_length = dice.below(3),
                     .weight = dice.below(9)});
  }
  return spans;
}

Values far_apart(std::size_t nodes) {
  Values values;
  for (std::size_t i = 0; i < nodes; ++i) {
    values.push_back(static_cast<std::int64_t>(i) * 3);
  }
  return values;
}

TEST_CASE("nothing costs less than what the simplex finds") {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    const std::vector<Span> spans = random_spans(seed, 5, 6);
    Values values = far_apart(5);
    shorten(spans, values, {.steps = k_enough});
    REQUIRE(keeps_to(spans, values));
    CHECK(cost(spans, values) == least_cost(spans, 5, 8));
  }
}

TEST_CASE("however early it ends, what it has found is right") {
  const std::vector<Span> spans = random_spans(7, 60, 120);
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  for (const std::uint64_t steps : {0U, 100U, 400U, 2000U, 1'000'000U}) {
    CAPTURE(steps);
    Values values = far_apart(60);
    shorten(spans, values, {.steps = steps});
    CHECK(keeps_to(spans, values));
    CHECK(cost(spans, values) <= before);
    before = cost(spans, values);
  }
}

TEST_CASE("what may be anywhere goes to the middle, when asked to") {
  // 1 is between 0 and 2, which a chain of 3 holds 10 apart.
  const std::vector<Span> spans = {
      {.tail = 0, .head = 1, .min_length = 1, .weight = 1},
      {.tail = 1, .head = 2, .min_length = 1, .weight = 1},
      {.tail = 0, .head = 3, .min_length = 5, .weight = 9},
      {.tail = 3, .head = 2, .min_length = 5, .weight = 9}};
  Values values = {0, 1, 20, 6};

  shorten(spans, values, {.steps = k_enough, .centres = true});

  CHECK(values[2] - values[0] == 10);
  CHECK(values[1] - values[0] == 5);
}

}  // namespace
}  // namespace kprofefe::layout
