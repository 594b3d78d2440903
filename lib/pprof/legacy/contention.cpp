// SPDX-License-Identifier: MIT
#include "base/number.hpp"
#include "base/text.hpp"
#include "pprof/legacy/formats.hpp"
#include "pprof/legacy/lines.hpp"
#include "pprof/legacy/memory_map.hpp"
#include "pprof/legacy/numbers.hpp"
#include "pprof/legacy/pattern.hpp"
#include "pprof/legacy/profile_maker.hpp"
#include "pprof/scale.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::pprof::legacy {
namespace {

constexpr std::int64_t k_nanos_per_milli = 1'000'000;

class ContentionReader {
 public:
  ContentionReader(Lines& lines, const ReadLimits& limits)
      : lines_(lines), maker_(limits, ReturnAddresses::all) {
    maker_.set_period("contentions", "count", 1);
    maker_.add_type("contentions", "count");
    maker_.add_type("delay", "nanoseconds");
  }

  /// Ends at the first line that is none.
  Parsed<void> read_attributes() {
    while (lines_.next()) {
      const std::string_view line = trim(lines_.line());
      if (is_blank_or_comment(line)) {
        continue;
      }
      const auto equals = line.find('=');
      if (line.starts_with("---") || equals == std::string_view::npos) {
        break;
      }
      TRY(take_attribute(trim(line.substr(0, equals)),
                         trim(line.substr(equals + 1))));
    }
    return lines_.check();
  }

  /// From this line on, up to another section.
  Parsed<void> read_samples() {
    do {
      const std::string_view line = trim(lines_.line());
      if (line.starts_with("---")) {
        break;
      }
      TRY(read_sample(line));
    } while (lines_.next());
    return lines_.check();
  }

  [[nodiscard]] Profile& profile() { return maker_.profile(); }

 private:
  Parsed<void> take_attribute(std::string_view name, std::string_view value) {
    if (name == "discarded samples") {
      return {};
    }
    if (name == "format" || name == "resolution") {
      return other_format();  // Java's
    }
    const std::optional<std::int64_t> number = parse_literal(value);
    if (name == "cycles/second") {
      cycles_per_second_ = number.value_or(0);
    } else if (name == "sampling period") {
      profile().period = number.value_or(0);
    } else if (name == "ms since reset") {
      profile().duration_nanos =
          product_of(number.value_or(0), k_nanos_per_milli);
    } else {
      return other_format(lines_.complain("unknown attribute"));
    }
    return number ? Parsed<void>()
                  : other_format(lines_.complain("invalid number"));
  }

  Parsed<void> read_sample(std::string_view line) {
    if (is_blank_or_comment(line)) {
      return {};
    }
    static const Pattern pattern(R"((\d+) *(\d+) @([ x0-9a-f]*))");
    const auto found = pattern.find<3>(line);
    if (!found) {
      return other_format(
          lines_.complain("not a sample like \"1024 2 @ 0x401234\""));
    }
    const auto delay = parse_number<std::int64_t>((*found)[0]);
    const auto count = parse_number<std::int64_t>((*found)[1]);
    if (!delay || !count) {
      return damaged(lines_.complain("a number has more than 64 bits"));
    }
    addresses_.clear();
    if (auto added = add_addresses((*found)[2], addresses_); !added) {
      return damaged(lines_.at_line(added.error().why));
    }
    return maker_.add_sample(unsampled_values(*count, *delay), addresses_);
  }

  /// Every contention of a period, and cycles as nanoseconds.
  std::array<std::int64_t, 2> unsampled_values(std::int64_t count,
                                               std::int64_t delay) {
    const std::int64_t period = profile().period;
    if (period <= 0) {
      return {count, delay};
    }
    if (cycles_per_second_ > 0) {
      const double cycles_per_nano =
          static_cast<double>(cycles_per_second_) / 1e9;
      delay = to_integer(static_cast<double>(delay) *
                         static_cast<double>(period) / cycles_per_nano);
    }
    return {product_of(count, period), delay};
  }

  Lines& lines_;
  ProfileMaker maker_;
  std::int64_t cycles_per_second_ = 0;
  std::vector<std::uint64_t> addresses_;  ///< of one sample
};

}  // namespace

Parsed<Profile> read_contention(std::string_view text,
                                const ReadLimits& limits) {
  Lines lines(text);
  lines.next();
  const std::string_view header = lines.line();
  if (!header.starts_with("--- contentionz ") &&
      !header.starts_with("--- mutex:") &&
      !header.starts_with("--- contention:")) {
    return other_format();
  }
  ContentionReader reader(lines, limits);
  TRY(reader.read_attributes());
  TRY(reader.read_samples());
  TRY(find_memory_map(lines, reader.profile(), limits));
  return std::move(reader.profile());
}

}  // namespace kprofefe::pprof::legacy
