// SPDX-License-Identifier: MIT
#include "base/arithmetic.hpp"
#include "base/text.hpp"
#include "pprof/legacy/formats.hpp"
#include "pprof/legacy/heap_sampling.hpp"
#include "pprof/legacy/java_locations.hpp"
#include "pprof/legacy/numbers.hpp"
#include "pprof/legacy/pattern.hpp"
#include "pprof/legacy/profile_maker.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::pprof::legacy {
namespace {

constexpr std::int64_t k_nanos_per_milli = 1'000'000;
/// A sample for so many bytes.
constexpr std::int64_t k_heap_rate = std::int64_t{512} << 10;

enum class JavaKind : std::uint8_t { heap, contention };

/// The lines of a text that end with "\n", without blanks around them: a last
/// one without it is left, as pprof leaves it.
class WholeLines {
 public:
  explicit WholeLines(std::string_view text) : rest_(text) {}

  /// The next line, which stays the next one until it is taken.
  [[nodiscard]] std::optional<std::string_view> peek() const {
    const auto end = rest_.find('\n');
    return end == std::string_view::npos
               ? std::nullopt
               : std::optional(trim(rest_.substr(0, end)));
  }

  void take() {
    rest_.remove_prefix(rest_.find('\n') + 1);
    ++number_;
  }

  [[nodiscard]] std::string_view rest() const { return rest_; }

  /// `line 12: WHAT: "LINE"`, of the next one.
  [[nodiscard]] std::string complain(std::string_view what) const {
    constexpr std::size_t k_max_shown = 80;
    return fmt::format("line {}: {}: {}", number_, what,
                       quoted(peek().value_or(""), k_max_shown));
  }

 private:
  std::string_view rest_;
  std::size_t number_ = 1;  ///< of the next one
};

class JavaReader {
 public:
  JavaReader(JavaKind kind, WholeLines& lines, const ReadLimits& limits)
      : kind_(kind), lines_(lines), maker_(limits, ReturnAddresses::none) {}

  /// Up to a line that is none.
  Parsed<void> read_attributes() {
    static const Pattern pattern(R"(([\w ]+)=([\w ]+))");
    for (auto line = lines_.peek(); line; line = lines_.peek()) {
      if (line->empty()) {
        lines_.take();
        continue;
      }
      const auto found = pattern.find<2>(*line);
      if (!found) {
        break;
      }
      TRY(take_attribute(trim((*found)[0]), trim((*found)[1])));
      lines_.take();
    }
    return {};
  }

  /// Up to a line that is none.
  Parsed<void> read_samples() {
    static const Pattern pattern(R"( *(\d+) +(\d+) +@ +([ x0-9a-f]*))");
    for (auto line = lines_.peek(); line; line = lines_.peek()) {
      if (line->empty()) {
        lines_.take();
        continue;
      }
      const auto found = pattern.find<3>(*line);
      if (!found) {
        break;
      }
      TRY(take_sample(*found));
      lines_.take();
    }
    return {};
  }

  Parsed<Profile> finish() {
    TRY(read_java_locations(lines_.rest(), maker_));
    Profile& profile = maker_.profile();
    if (profile.sample_types.empty() && !profile.samples.empty()) {
      return damaged("no \"resolution=\" before the samples");
    }
    return std::move(profile);
  }

 private:
  Parsed<void> take_attribute(std::string_view name, std::string_view value) {
    if (name == "format") {
      return value == "java"
                 ? Parsed<void>()
                 : other_format(lines_.complain("the format is not java"));
    }
    if (name == "resolution") {
      set_types(value);
      return {};
    }
    return kind_ == JavaKind::contention
               ? take_contention_number(name, value)
               : other_format(lines_.complain("unknown attribute"));
  }

  void set_types(std::string_view unit) {
    maker_.profile().sample_types.clear();
    if (kind_ == JavaKind::heap) {
      maker_.add_type("inuse_objects", "count");
      maker_.add_type("inuse_space", unit);
    } else {
      maker_.add_type("contentions", "count");
      maker_.add_type("delay", unit);
    }
  }

  Parsed<void> take_contention_number(std::string_view name,
                                      std::string_view value) {
    const bool is_period = name == "sampling period";
    if (!is_period && name != "ms since reset") {
      return other_format(lines_.complain("unknown attribute"));
    }
    const std::optional<std::int64_t> number = parse_literal(value);
    if (!number) {
      return damaged(lines_.complain("invalid number"));
    }
    if (is_period) {
      maker_.set_period("contentions", "count", *number);
    } else {
      maker_.profile().duration_nanos = product_of(*number, k_nanos_per_milli);
    }
    return {};
  }

  /// Bytes or delay, how many, and the stack.
  Parsed<void> take_sample(const std::array<std::string_view, 3>& columns) {
    const auto& [amount_text, count_text, stack] = columns;
    const auto amount = parse_literal(amount_text);
    const auto count = parse_literal(count_text);
    addresses_.clear();
    if (!add_addresses(stack, addresses_)) {
      return damaged(lines_.complain("an address has more than 64 bits"));
    }
    if (!amount || !count) {
      return damaged(lines_.complain("invalid number"));
    }
    return kind_ == JavaKind::heap ? add_heap_sample(*count, *amount)
                                   : add_contention(*count, *amount);
  }

  Parsed<void> add_heap_sample(std::int64_t count, std::int64_t bytes) {
    if (count == 0) {
      return damaged(lines_.complain("bytes of no objects"));
    }
    const Blocks blocks =
        unsampled({.count = count, .bytes = bytes}, k_heap_rate);
    TRY(maker_.add_sample(std::array{blocks.count, blocks.bytes}, addresses_));
    maker_.add_label("bytes", quotient(bytes, count));
    return {};
  }

  Parsed<void> add_contention(std::int64_t count, std::int64_t delay) {
    const std::int64_t period = maker_.profile().period;
    const std::int64_t factor = period == 0 ? 1 : period;
    return maker_.add_sample(
        std::array{product_of(count, factor), product_of(delay, factor)},
        addresses_);
  }

  JavaKind kind_;
  WholeLines& lines_;
  ProfileMaker maker_;
  std::vector<std::uint64_t> addresses_;  ///< of one sample
};

std::optional<JavaKind> kind_of(std::string_view header) {
  if (header == "--- heapz 1 ---") {
    return JavaKind::heap;
  }
  if (header == "--- contentionz 1 ---") {
    return JavaKind::contention;
  }
  return std::nullopt;
}

}  // namespace

Parsed<Profile> read_java(std::string_view text, const ReadLimits& limits) {
  WholeLines lines(text);
  const std::optional<JavaKind> kind = kind_of(lines.peek().value_or(""));
  if (!kind) {
    return other_format();
  }
  lines.take();
  JavaReader reader(*kind, lines, limits);
  TRY(reader.read_attributes());
  TRY(reader.read_samples());
  return reader.finish();
}

}  // namespace kprofefe::pprof::legacy
