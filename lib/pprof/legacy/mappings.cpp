// SPDX-License-Identifier: MIT
#include "pprof/legacy/mappings.hpp"

#include "base/text.hpp"
#include "pprof/legacy/pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::pprof::legacy {
namespace {

/// Whether both say the same, or one says nothing.
bool agree(StringId a, StringId b) {
  return a == 0 || b == 0 || a == b;
}

/// Whether `next` goes on where `first` ends.
bool is_adjacent(const Mapping& first, const Mapping& next) {
  if (!agree(first.file, next.file) || !agree(first.build_id, next.build_id) ||
      first.limit != next.start) {
    return false;
  }
  return first.offset == 0 || next.offset == 0 ||
         first.offset + (first.limit - first.start) == next.offset;
}

std::vector<Mapping> join_adjacent(const std::vector<Mapping>& found) {
  std::vector<Mapping> joined;
  joined.reserve(found.size());
  for (const Mapping& mapping : found) {
    if (joined.empty() || !is_adjacent(joined.back(), mapping)) {
      joined.push_back(mapping);
      continue;
    }
    Mapping& last = joined.back();
    last.limit = mapping.limit;
    last.file = mapping.file == 0 ? last.file : mapping.file;
    last.build_id = mapping.build_id == 0 ? last.build_id : mapping.build_id;
  }
  return joined;
}

/// Whether a file may be the program: it has a name, and is no library and
/// nothing like `[vdso]`.
bool may_be_program(std::string_view file) {
  static const Pattern library(R"([.]so$|[.]so[._][0-9]+)");
  constexpr std::string_view k_deleted = "(deleted)";
  std::string name;
  for (auto at = file.find(k_deleted); at != std::string_view::npos;
       at = file.find(k_deleted)) {
    name += file.substr(0, at);
    file.remove_prefix(at + k_deleted.size());
  }
  name += file;
  const std::string_view trimmed = trim(name);
  return !trimmed.empty() && trimmed.front() != '[' && !library.find(trimmed);
}

void move_program_first(Profile& profile) {
  const auto program =
      std::ranges::find_if(profile.mappings, [&](const Mapping& mapping) {
        return may_be_program(profile.strings.at(mapping.file));
      });
  if (program != profile.mappings.end()) {
    std::swap(profile.mappings.front(), *program);
  }
}

/// Some programs report the region of the program wrongly when parts of it
/// were mapped anew.
void mend_program(Profile& profile) {
  std::vector<Mapping>& mappings = profile.mappings;
  if (mappings.size() > 1 && mappings[0].limit == mappings[1].start &&
      profile.strings.at(mappings[0].file).starts_with("/anon_hugepage")) {
    mappings.erase(mappings.begin());
  }
  constexpr std::uint64_t k_usual_start = 0x400000;
  if (!mappings.empty() &&
      mappings[0].start - mappings[0].offset == k_usual_start) {
    mappings[0].start = k_usual_start;
    mappings[0].offset = 0;
  }
}

/// Of the first that has the address; k_none: none has.
std::uint32_t find_mapping(std::vector<Mapping>& mappings,
                           std::uint64_t address) {
  const auto index_of = [&](auto found) {
    return static_cast<std::uint32_t>(found - mappings.begin());
  };
  const auto holder =
      std::ranges::find_if(mappings, [&](const Mapping& mapping) {
        return mapping.start <= address && address < mapping.limit;
      });
  if (holder != mappings.end()) {
    return index_of(holder);
  }
  // Some programs do not report the first piece of a file.
  const auto rest = std::ranges::find_if(mappings, [&](const Mapping& mapping) {
    return mapping.offset != 0 && mapping.start - mapping.offset <= address &&
           address < mapping.start;
  });
  if (rest == mappings.end()) {
    return k_none;
  }
  rest->start -= std::exchange(rest->offset, 0);
  return index_of(rest);
}

}  // namespace

Parsed<void> place_mappings(Profile& profile,
                            const std::vector<Mapping>& found) {
  profile.mappings = join_adjacent(found);
  move_program_first(profile);
  return place_locations(profile);
}

Parsed<void> place_locations(Profile& profile) {
  // A second's work; programs have some hundred mappings.
  constexpr std::uint64_t k_max_pairs = std::uint64_t{1} << 31;
  const std::uint64_t pairs =
      std::uint64_t{profile.mappings.size()} * profile.locations.size();
  if (pairs > k_max_pairs) {
    return oversized(fmt::format("{} mappings for {} locations",
                                 profile.mappings.size(),
                                 profile.locations.size()));
  }
  mend_program(profile);
  std::uint32_t everything = k_none;
  for (Location& location : profile.locations) {
    if (location.mapping != k_none || location.address == 0) {
      continue;
    }
    location.mapping = find_mapping(profile.mappings, location.address);
    if (location.mapping == k_none) {
      if (everything == k_none) {
        everything = static_cast<std::uint32_t>(profile.mappings.size());
        profile.mappings.push_back(
            {.limit = std::numeric_limits<std::uint64_t>::max()});
      }
      location.mapping = everything;
    }
  }
  return {};
}

}  // namespace kprofefe::pprof::legacy
