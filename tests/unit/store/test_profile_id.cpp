// SPDX-License-Identifier: MIT
#include "store/profile_id.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::store {
namespace {

TEST_SUITE_BEGIN("store");

TEST_CASE("an id is its own text and back") {
  const struct {
    ProfileId id;
    const char* text;
  } rows[] = {
      {{.window = 0, .digest = 0}, "00000000000000000000"},
      {{.window = ~0U, .digest = ~0ULL}, "vvvvvvvvvvvvvvvvvvvg"},
      {{.window = 20787, .digest = 0x0123456789abcdefULL},
       "00052co14d2mf2dbpnng"},
  };

  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(format_id(row.id) == row.text);
    CHECK(parse_id(row.text) == row.id);
  }
}

TEST_CASE("ids sort by their window, as text too") {
  const ProfileId earlier = {.window = 255, .digest = ~0ULL};
  const ProfileId later = {.window = 256, .digest = 0};
  CHECK(earlier < later);
  CHECK(format_id(earlier) < format_id(later));
}

TEST_CASE("what is no id is refused") {
  for (const char* const text :
       {"", "0000000000000000000", "000000000000000000000",
        "0000000000000000000w", "V0000000000000000000", "0000000000000000000 ",
        // Bits that belong to no byte.
        "0000000000000000000v", "00000000000000000001"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_id(text));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::store
