// SPDX-License-Identifier: MIT
#include "view/measurement.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string_view>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

TEST_CASE("percentage has two digits at least and five places") {
  struct Row {
    std::int64_t value;
    std::int64_t total;
    std::string_view text;
  };

  for (const Row& row :
       {Row{0, 100, "    0%"}, Row{1, 100, " 1.00%"}, Row{45, 100, "45.00%"},
        Row{-45, 100, "45.00%"}, Row{100, 100, "  100%"},
        Row{9'995, 10'000, "  100%"}, Row{9'994, 10'000, "99.94%"},
        Row{10'006, 10'000, "100.06%"}, Row{25, 100, "25.00%"},
        Row{5, 1'000, "  0.5%"}, Row{1'234, 1'000'000, " 0.12%"},
        Row{1, 10'000'000, "1e-05%"}, Row{1, 0, "    0%"},
        Row{999, 100'000, "    1%"}}) {
    CAPTURE(row.value);
    CHECK(percentage(row.value, row.total) == row.text);
  }
}

TEST_CASE("percent_of has a sign, and nothing of nothing is 0") {
  CHECK(percent_of(-1, 4) == -25);
  CHECK(percent_of(3, 0) == 0);
  CHECK(rounded_percent(1, 3) == 33.33);
}

TEST_CASE("ValueFormat multiplies first and drops the fraction") {
  CHECK(ValueFormat{.from = "count", .to = "auto", .ratio = 0.5}(3) == "1");
  CHECK(ValueFormat{.from = "bytes", .to = "auto", .ratio = 2}(512) == "1kB");
}

TEST_CASE("ValueFormat survives what does not fit") {
  const ValueFormat format = {.from = "count", .to = "auto", .ratio = 1e300};

  CHECK(format(std::numeric_limits<std::int64_t>::max()) ==
        "-9223372036854775808");
}

}  // namespace
}  // namespace kprofefe::view
