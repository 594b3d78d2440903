// SPDX-License-Identifier: MIT
#include "pprof/label_units.hpp"
#include "pprof/measurement.hpp"
#include "support/text_profile.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

// Expected: what measurement.ScaledLabel says.
TEST_CASE("measures read as pprof writes them") {
  struct Case {
    std::int64_t value;
    std::string_view from;
    std::string_view to;
    std::string_view text;
  };

  for (const Case& each :
       {Case{1'500'000, "nanoseconds", "auto", "1.50ms"},
        Case{10, "s", "ns", "10000000000ns"},
        Case{4'000, "seconds", "auto", "1.11hrs"},
        Case{512, "kB", "MB", "0.50MB"}, Case{0, "bytes", "auto", "0"},
        Case{-2048, "bytes", "auto", "-2kB"}, Case{3, "bytes", "seconds", "3B"},
        Case{30, "ms", "bytes", "0.03s"}, Case{7, "count", "auto", "7"},
        Case{7, "widgets", "widgets", "7widgets"},
        Case{2, "kilogcu", "gcu", "2000GCU"}, Case{1, "μs", "ns", "1ns"},
        Case{1, "", "", "1"}}) {
    CAPTURE(each.value);
    CAPTURE(each.from);
    CHECK(measure_text(each.value, each.from, each.to) == each.text);
  }
  CHECK(convert(std::numeric_limits<std::int64_t>::min(), "ns", "ns").value <
        0);
}

/// measure_text() by the scale alone.
std::string text_by_scale(double value, const UnitScale& scale) {
  const double scaled = value * scale.factor;
  const UnitStep* chosen = &scale.steps.back();
  for (const UnitStep& step : scale.steps) {
    if (std::abs(scaled) / step.factor >= 1) {
      chosen = &step;
      break;
    }
  }
  std::string number = fmt::format("{:.2f}", scaled / chosen->factor);
  if (number.ends_with(".00")) {
    number.resize(number.size() - 3);
  }
  return number == "0" || number == "-0" ? "0"
                                         : number + std::string(chosen->name);
}

TEST_CASE("a unit's scale is all that it takes to write its values") {
  for (const std::string_view from :
       {"ns",           "nanoseconds", "us",       "microsecond", "ms",
        "milliseconds", "s",           "sec",      "Seconds",     "hr",
        "hours",        "b",           "bytes",    "kb",          "kB",
        "kilobytes",    "mb",          "megabyte", "gb",          "tb",
        "pb",           "gcu",         "GCUs",     "nanogcus",    "kilogcu",
        "petagcu"}) {
    for (const std::string_view to :
         {"auto", "minimum", "ms", "mb", "kilogcu", "hours"}) {
      const std::optional<UnitScale> scale = unit_scale(from, to);
      REQUIRE(scale);
      for (const std::int64_t value :
           {0, 1, 7, 999, 1'000, 1'152, 1'048'576, 77'000'000, -1'536}) {
        CAPTURE(from);
        CAPTURE(to);
        CAPTURE(value);
        CHECK(text_by_scale(static_cast<double>(value), *scale) ==
              measure_text(value, from, to));
      }
    }
  }
  CHECK_FALSE(unit_scale("count", "auto"));
  CHECK_FALSE(unit_scale("widgets", "ms"));
  CHECK_FALSE(unit_scale("", "auto"));
}

TEST_CASE("times convert into times, sizes into sizes, nothing else") {
  CHECK(are_convertible("ms", "Nanoseconds"));
  CHECK(are_convertible("kb", "bytes"));
  CHECK_FALSE(are_convertible("ms", "bytes"));
  CHECK_FALSE(are_convertible("count", "count"));
  CHECK_FALSE(are_convertible("", "ms"));
}

TEST_CASE("a numeric label's unit is the first said, or told by its key") {
  test::TextProfile made;
  made.sample({1}, {"f"}).label("size", 1, "");
  made.label("request", 2, "").label("wait", 3, "").label("text", "x");
  made.sample({1}, {"f"}).label("size", 1, "kb");
  made.sample({1}, {"f"}).label("size", 1, "ms").label("size", 1, "bytes");

  const LabelUnits units = label_units(*made);

  CHECK(units.unit.size() == 3);
  CHECK(units.unit.at(made.text("size")) == "kb");
  CHECK(units.unit.at(made.text("request")) == "bytes");
  CHECK(units.unit.at(made.text("wait")) == "wait");
  CHECK(units.ignored.at(made.text("size")) ==
        std::vector<std::string_view>{"bytes", "ms"});
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
