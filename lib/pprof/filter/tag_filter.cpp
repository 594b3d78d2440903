// SPDX-License-Identifier: MIT
#include "pprof/filter/tag_filter.hpp"

#include "base/text.hpp"
#include "pprof/measurement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

namespace kprofefe::pprof {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// A number with a unit that begins a text, and how long it is.
struct Quantity {
  std::int64_t number = 0;
  std::string_view unit;
  std::size_t length = 0;  ///< 0: there is none
};

///     quantity = [ "+" | "-" ] digit { digit } { letter }
Result<Quantity> take_quantity(std::string_view text) {
  const std::size_t sign =
      text.starts_with('+') || text.starts_with('-') ? 1 : 0;
  std::size_t end = sign;
  while (end < text.size() && is_digit(text[end])) {
    ++end;
  }
  Quantity quantity;
  if (end == sign) {
    return quantity;
  }
  const std::size_t begin = text.starts_with('+') ? 1 : 0;
  const std::string_view digits = text.substr(begin, end - begin);
  const auto read = std::from_chars(
      digits.data(), digits.data() + digits.size(), quantity.number);
  if (read.ec != std::errc()) {
    return fail(ErrorKind::usage,
                fmt::format("number {} is out of range", digits));
  }
  quantity.length = end;
  while (quantity.length < text.size() && is_letter(text[quantity.length])) {
    ++quantity.length;
  }
  quantity.unit = text.substr(end, quantity.length - end);
  return quantity;
}

std::optional<TagRange> range_of(const Quantity& from, const Quantity& to) {
  const Measure low = convert(from.number, from.unit, from.unit);
  const Measure high = convert(to.number, to.unit, low.unit);
  if (low.unit != high.unit) {
    return std::nullopt;
  }
  return TagRange{.from = low.value, .to = high.value, .unit = low.unit};
}

}  // namespace

bool TagRange::contains(std::int64_t number,
                        std::string_view number_unit) const {
  const Measure measure = convert(number, number_unit, unit);
  return measure.unit == unit && (!from || measure.value >= *from) &&
         (!to || measure.value <= *to);
}

Result<std::optional<TagRange>> parse_tag_range(std::string_view text) {
  const bool open_start = text.starts_with(':');
  TRY_ASSIGN(const Quantity first,
             take_quantity(open_start ? text.substr(1) : text));
  const std::string_view rest =
      text.substr(first.length + (open_start ? 1 : 0));
  if (first.length == 0) {
    return std::nullopt;
  }
  const Measure value = convert(first.number, first.unit, first.unit);
  if (rest.empty()) {
    return TagRange{
        .from = open_start ? std::nullopt : std::optional(value.value),
        .to = value.value,
        .unit = value.unit};
  }
  if (open_start || !rest.starts_with(':')) {
    return std::nullopt;
  }
  if (rest == ":") {
    return TagRange{.from = value.value, .to = {}, .unit = value.unit};
  }
  TRY_ASSIGN(const Quantity second, take_quantity(rest.substr(1)));
  if (second.length == 0 || second.length + 1 != rest.size()) {
    return std::nullopt;
  }
  return range_of(first, second);
}

Result<TagFilter> TagFilter::parse(std::string_view text) {
  TagFilter filter;
  const std::size_t equals = text.find('=');
  if (equals != std::string_view::npos) {
    filter.key_ = text.substr(0, equals);
    text.remove_prefix(equals + 1);
  }
  TRY_ASSIGN(const std::optional<TagRange> range, parse_tag_range(text));
  if (range) {
    filter.range_ = *range;
    filter.range_text_ = text;
    return filter;
  }
  for (const std::string_view expression : split(text, ',')) {
    TRY_ASSIGN(Regex regex, Regex::compile(expression));
    filter.expressions_.push_back(std::move(regex));
  }
  return filter;
}

bool TagFilter::matches(const Profile& profile, const Sample& sample,
                        const LabelUnits& units) const {
  if (!range_text_.empty()) {
    return matches_range(profile, sample, units);
  }
  return key_.empty() ? matches_any(profile, sample)
                      : matches_key(profile, sample);
}

bool TagFilter::matches_range(const Profile& profile, const Sample& sample,
                              const LabelUnits& units) const {
  return std::ranges::any_of(
      profile.labels_of(sample), [&](const Label& label) {
        if (!label.is_number ||
            (!key_.empty() && profile.strings.at(label.key) != key_)) {
          return false;
        }
        const auto unit = units.unit.find(label.key);
        return range_.contains(label.number, unit == units.unit.end()
                                                 ? std::string_view()
                                                 : unit->second);
      });
}

/// One label of that key matches one of the expressions.
bool TagFilter::matches_key(const Profile& profile,
                            const Sample& sample) const {
  return std::ranges::any_of(
      profile.labels_of(sample), [&](const Label& label) {
        return !label.is_number && profile.strings.at(label.key) == key_ &&
               std::ranges::any_of(expressions_, [&](const Regex& regex) {
                 return regex.matches(profile.strings.at(label.text));
               });
      });
}

/// Each expression matches one of the labels, written `key:text`.
bool TagFilter::matches_any(const Profile& profile,
                            const Sample& sample) const {
  return std::ranges::all_of(expressions_, [&](const Regex& regex) {
    return std::ranges::any_of(
        profile.labels_of(sample), [&](const Label& label) {
          return !label.is_number && regex.matches(fmt::format(
                                         "{}:{}", profile.strings.at(label.key),
                                         profile.strings.at(label.text)));
        });
  });
}

}  // namespace kprofefe::pprof
