// SPDX-License-Identifier: MIT
#include "view/text/go_duration.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string_view>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

TEST_CASE("go_duration writes what Go writes") {
  struct Row {
    std::int64_t nanoseconds;
    std::string_view text;
  };

  for (const Row& row :
       {Row{0, "0s"}, Row{1, "1ns"}, Row{1'500, "1.5µs"}, Row{2'000'000, "2ms"},
        Row{2'000'001, "2.000001ms"}, Row{1'000'000'000, "1s"},
        Row{30'012'000'000, "30.012s"}, Row{60'000'000'000, "1m0s"},
        Row{3'600'500'000'000, "1h0m0.5s"}, Row{-90'000'000'000, "-1m30s"},
        Row{std::numeric_limits<std::int64_t>::min(),
            "-2562047h47m16.854775808s"}}) {
    CAPTURE(row.nanoseconds);
    CHECK(go_duration(row.nanoseconds) == row.text);
  }
}

}  // namespace
}  // namespace kprofefe::view
