// SPDX-License-Identifier: MIT
#include "flame/colour.hpp"

#include <doctest/doctest.h>

#include <charconv>
#include <string>

namespace kprofefe::flame {
namespace {

/// How light `#rrggbb` is by its darkest channel, 0 to 255.
int darkest(const std::string& colour) {
  int least = 255;
  for (std::size_t i = 1; i < 7; i += 2) {
    int channel = 0;
    std::from_chars(&colour[i], &colour[i] + 2, channel, 16);
    least = std::min(least, channel);
  }
  return least;
}

int channel(const std::string& colour, std::size_t index) {
  int value = 0;
  std::from_chars(&colour[1 + 2 * index], &colour[1 + 2 * index] + 2, value,
                  16);
  return value;
}

}  // namespace

TEST_CASE("functions of a package share a hue and stay pale") {
  const std::string serve = package_colour("net/http.(*conn).serve");
  const std::string other = package_colour("encoding/json.Marshal");

  CHECK(serve.size() == 7);
  CHECK(serve[0] == '#');
  CHECK(serve != other);
  for (const char* name : {"net/http.(*conn).serve", "encoding/json.Marshal",
                           "main.main", "k8s.io/api.x", "a", ""}) {
    CAPTURE(name);
    CHECK(darkest(package_colour(name)) > 120);
  }
}

TEST_CASE("the runtime is grey") {
  for (const char* name : {"runtime.mallocgc", "runtime/pprof.x",
                           "internal/runtime/syscall.Syscall6"}) {
    CAPTURE(name);
    const std::string colour = package_colour(name);
    CHECK(std::abs(channel(colour, 0) - channel(colour, 2)) < 16);
  }
}

TEST_CASE("what grew is red, what shrank blue, what is the same grey") {
  const std::string grew = change_colour(10, 20);
  const std::string shrank = change_colour(20, 10);
  const std::string same = change_colour(10, 10);

  CHECK(channel(grew, 0) > channel(grew, 2) + 20);
  CHECK(channel(shrank, 2) > channel(shrank, 0) + 20);
  CHECK(channel(same, 0) == channel(same, 2));
  CHECK(change_colour(0, 0) == same);
  CHECK(channel(change_colour(0, 5), 2) < channel(grew, 2));
}

}  // namespace kprofefe::flame
