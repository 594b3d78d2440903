// SPDX-License-Identifier: MIT
#include "drawn.hpp"

#include "flame/flame.hpp"
#include "support/stacks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::flame {
namespace {

using test::Stacks;

std::string folded(const Input& input, const Options& options) {
  std::string text;
  CHECK(write_folded(input, options, [&](std::string_view piece) {
    text += piece;
    return true;
  }));
  return text;
}

}  // namespace

TEST_CASE("folded stacks are sorted lines, the root first") {
  const pprof::Profile profile = test::small_cpu();

  CHECK(folded({&profile}, {.sample_index = 1}) ==
        "main.main;main.work 60000000\n"
        "main.main;main.work;net/http.(*conn).serve 30000000\n"
        "runtime.gcBgMarkWorker 10000000\n");
}

TEST_CASE("identical stacks are one line, and stacks of nothing none") {
  const pprof::Profile profile = Stacks({{"n", "count"}})
                                     .add("a;b", {1})
                                     .add("a;c", {0})
                                     .add("a;b", {2})
                                     .add("a;d", {5})
                                     .add("a;d", {-5})
                                     .profile;

  CHECK(folded({&profile}, {}) == "a;b 3\n");
}

TEST_CASE("samples without a stack have a line of their own") {
  const pprof::Profile profile = Stacks({{"n", "count"}})
                                     .add(std::vector<std::string_view>{}, {7})
                                     .add("a;b", {5})
                                     .profile;

  CHECK(folded({&profile}, {}) == "(no stack) 7\na;b 5\n");
}

TEST_CASE("a name cannot make frames or lines") {
  using Names = std::vector<std::string_view>;
  const pprof::Profile profile = Stacks({{"n", "count"}})
                                     .add(Names{"x;y 7\nz"}, {1})
                                     .add(Names{"x:y 7\rz"}, {2})
                                     .profile;

  CHECK(folded({&profile}, {}) == "x:y 7 z 3\n");
}

TEST_CASE("the lines are in the order of their frames") {
  const pprof::Profile profile = Stacks({{"n", "count"}})
                                     .add("a.b", {9})
                                     .add("b", {1})
                                     .add("a;z", {1})
                                     .add("a", {5})
                                     .add("a;c;d", {2})
                                     .profile;

  CHECK(folded({&profile}, {}) == "a 5\na;c;d 2\na;z 1\na.b 9\nb 1\n");
}

TEST_CASE("names that become one stand under one caller") {
  using Names = std::vector<std::string_view>;
  const pprof::Profile profile = Stacks({{"n", "count"}})
                                     .add(Names{"x", "a;1"}, {1})
                                     .add(Names{"y", "a:1"}, {2})
                                     .add(Names{"x", "a:1"}, {4})
                                     .profile;

  CHECK(folded({&profile}, {}) == "a:1;x 5\na:1;y 2\n");
}

TEST_CASE("folded values are divided, and in the unit that is asked for") {
  const pprof::Profile profile = Stacks({{"cpu", "nanoseconds"}})
                                     .add("a;1", {29'000'000})
                                     .add("a:1", {1'000'000})
                                     .add("a:1", {9'000'000})
                                     .add("small", {900'000})
                                     .profile;

  CHECK(folded({&profile}, {.divide_by = 10}) ==
        "a;1 2900000\na:1 1000000\nsmall 90000\n");
  CHECK(folded({&profile}, {.unit = "ms"}) == "a;1 29\na:1 10\n");
  CHECK(folded({&profile}, {.unit = "ms", .divide_by = 10}) ==
        "a;1 2\na:1 1\n");
  CHECK(folded({&profile}, {.unit = "minimum"}) ==
        "a;1 29000000\na:1 10000000\nsmall 900000\n");
}

TEST_CASE("a stack longer than memory is written in pieces") {
  using Names = std::vector<std::string_view>;
  constexpr std::size_t k_depth = 10'000;
  const std::string name(4'000, 'x');
  const pprof::Profile profile =
      Stacks({{"n", "count"}}).add(Names(k_depth, name), {1}).profile;
  std::size_t largest = 0;
  std::size_t size = 0;

  CHECK(write_folded({&profile}, {}, [&](std::string_view piece) {
    largest = std::max(largest, piece.size());
    size += piece.size();
    return true;
  }));

  CHECK(size == k_depth * (name.size() + 1) + 2);
  CHECK(largest < 100'000);
}

TEST_CASE("nothing more is written once the sink has failed") {
  using Names = std::vector<std::string_view>;
  const std::string name(4'000, 'x');
  const pprof::Profile profile =
      Stacks({{"n", "count"}}).add(Names(100, name), {1}).profile;
  int pieces = 0;

  CHECK_FALSE(write_folded({&profile}, {},
                           [&](std::string_view) { return ++pieces < 2; }));

  CHECK(pieces == 2);
}

TEST_CASE("folded stacks with a base have both numbers") {
  const pprof::Profile base = Stacks({{"other", "count"}, {"n", "count"}})
                                  .add("a;gone", {100, 4})
                                  .add("a;b", {100, 1})
                                  .profile;
  const pprof::Profile profile =
      Stacks({{"n", "count"}}).add("a;b", {3}).add("new", {2}).profile;

  CHECK(folded({&profile, &base}, {}) == "a;b 1 3\na;gone 4 0\nnew 0 2\n");
}

TEST_CASE("numbers that overflow wrap around") {
  constexpr auto k_most = std::numeric_limits<std::int64_t>::max();
  const pprof::Profile profile =
      Stacks({{"n", "count"}}).add("a", {k_most}).add("a", {k_most}).profile;

  CHECK(folded({&profile}, {}) == "a -2\n");
}

TEST_CASE("a profile without samples has no lines") {
  const pprof::Profile profile = Stacks({{"n", "count"}}).profile;

  CHECK(folded({&profile}, {}).empty());
}

}  // namespace kprofefe::flame
