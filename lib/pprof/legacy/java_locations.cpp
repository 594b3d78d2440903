// SPDX-License-Identifier: MIT
#include "pprof/legacy/java_locations.hpp"

#include "base/number.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "pprof/legacy/mappings.hpp"
#include "pprof/legacy/numbers.hpp"
#include "pprof/legacy/pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace kprofefe::pprof::legacy {
namespace {

/// What a line says of an address.
struct Place {
  std::string_view function;
  std::string_view file;
  std::int64_t line = 0;
};

Place read_place(std::string_view text) {
  static const Pattern source(R"(^(.*)\s+\((.+):(-?[[:digit:]]+)\)$)");
  static const Pattern library(R"(^(.*)\s+\((.*)\)$)");
  if (const auto found = source.find<3>(text)) {
    const auto line = parse_number<std::int64_t>((*found)[2]);
    return {.function = (*found)[0],
            .file = (*found)[1],
            .line = std::max<std::int64_t>(line.value_or(0), 0)};
  }
  if (const auto found = library.find<2>(text)) {
    return {.function = (*found)[0], .file = base_name((*found)[1])};
  }
  if (text.contains("generated stub/JIT")) {
    return {.function = "STUB"};
  }
  // What the program was at: GC, VM.
  return {.function = text};
}

/// `0x1` and what follows it; nothing: the line is not about an address.
struct AddressLine {
  std::string_view address;  ///< without 0x
  std::string_view text;
};

std::optional<AddressLine> read_address(std::string_view line) {
  constexpr std::string_view k_blanks = " \t\f\r";
  if (!line.starts_with("0x")) {
    return std::nullopt;
  }
  line.remove_prefix(2);
  const auto digits =
      std::min(line.find_first_not_of("0123456789abcdefABCDEF"), line.size());
  const std::string_view rest = line.substr(digits);
  const auto text = std::min(rest.find_first_not_of(k_blanks), rest.size());
  if (digits == 0 || text == 0) {
    return std::nullopt;
  }
  return AddressLine{.address = line.substr(0, digits),
                     .text = rest.substr(text)};
}

class LocationReader {
 public:
  explicit LocationReader(ProfileMaker& maker)
      : maker_(maker), places_(maker.profile().locations.size()) {}

  Parsed<void> take(std::string_view line) {
    const std::optional<AddressLine> found = read_address(line);
    if (!found) {
      return {};
    }
    const std::optional<std::uint64_t> address = parse_hex(found->address);
    if (!address) {
      constexpr std::size_t k_max_shown = 80;
      return damaged(
          fmt::format("locations: an address has more than 64 "
                      "bits: {}",
                      quoted(line, k_max_shown)));
    }
    if (const auto location = maker_.find_location(*address)) {
      const Place place = read_place(found->text);
      places_[*location] = {.function = function_of(place), .line = place.line};
      maker_.profile().locations[*location].address = 0;
    }
    return {};
  }

  /// Functions in the order in which locations name them.
  void finish() {
    Profile& profile = maker_.profile();
    std::vector<std::uint32_t> moved_to(functions_.size(), k_none);
    profile.lines.reserve(profile.locations.size());
    for (std::size_t i = 0; i < places_.size(); ++i) {
      Line line = places_[i];
      if (line.function == k_none) {
        continue;
      }
      std::uint32_t& index = moved_to[line.function];
      if (index == k_none) {
        index = static_cast<std::uint32_t>(profile.functions.size());
        profile.functions.push_back(functions_[line.function]);
      }
      line.function = index;
      profile.locations[i].first_line =
          static_cast<std::uint32_t>(profile.lines.size());
      profile.locations[i].line_count = 1;
      profile.lines.push_back(line);
    }
  }

 private:
  /// A name is one function, in the file that is said first.
  std::uint32_t function_of(const Place& place) {
    Profile& profile = maker_.profile();
    const StringId name = profile.strings.add(place.function);
    const auto [known, is_new] = by_name_.try_emplace(
        name, static_cast<std::uint32_t>(functions_.size()));
    if (is_new) {
      functions_.push_back({.name = name,
                            .system_name = name,
                            .file = profile.strings.add(place.file)});
    }
    return known->second;
  }

  ProfileMaker& maker_;
  std::vector<Line> places_;  ///< of each location
  std::vector<Function> functions_;
  std::unordered_map<StringId, std::uint32_t> by_name_;
};

}  // namespace

Parsed<void> read_java_locations(std::string_view text, ProfileMaker& maker) {
  LocationReader reader(maker);
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    TRY(reader.take(trim(text.substr(0, end))));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  reader.finish();
  TRY(place_locations(maker.profile()));
  for (Location& location : maker.profile().locations) {
    location.address = 0;
  }
  return {};
}

}  // namespace kprofefe::pprof::legacy
