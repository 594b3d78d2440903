// SPDX-License-Identifier: MIT
#include "pprof/legacy/memory_map.hpp"

#include "pprof/legacy/map_attributes.hpp"
#include "pprof/legacy/mappings.hpp"
#include "pprof/legacy/numbers.hpp"
#include "pprof/legacy/pattern.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::pprof::legacy {
namespace {

/// The columns of one line, empty for those that are not there.
struct Columns {
  std::string_view start;
  std::string_view limit;
  std::string_view permissions;
  std::string_view offset;
  std::string_view file;
  std::string_view build_id;
};

/// START-LIMIT PERMISSIONS, the last of which need not be there.
constexpr std::string_view k_range =
    R"(^\s*(?:0x)?([[:xdigit:]]+)[\s-]?\s*(?:0x)?([[:xdigit:]]+):?)"
    R"((?:\s+([-rwxp]+))?)";

/// OFFSET DEVICE INODE FILE, as in /proc/PID/maps.
std::optional<Columns> kernel_columns(std::string_view line) {
  static const Pattern pattern(
      std::string(k_range) +
      R"((?:\s+([[:xdigit:]]+))?\s+[[:xdigit:]]+:[[:xdigit:]]+\s+\d+)"
      R"((?:\s+(\S+))?)");
  const auto found = pattern.find<5>(line);
  if (!found) {
    return std::nullopt;
  }
  return Columns{.start = (*found)[0],
                 .limit = (*found)[1],
                 .permissions = (*found)[2],
                 .offset = (*found)[3],
                 .file = (*found)[4],
                 .build_id = {}};
}

/// FILE (@OFFSET) BUILDID
std::optional<Columns> brief_columns(std::string_view line) {
  static const Pattern pattern(
      std::string(k_range) +
      R"((?:\s+(\S+))?(?:\s+\(@([[:xdigit:]]+)\))?(?:\s+([[:xdigit:]]+))?)");
  const auto found = pattern.find<6>(line);
  if (!found) {
    return std::nullopt;
  }
  return Columns{.start = (*found)[0],
                 .limit = (*found)[1],
                 .permissions = (*found)[2],
                 .offset = (*found)[4],
                 .file = (*found)[3],
                 .build_id = (*found)[5]};
}

/// A log puts `server.cc:12] ` in front of what is logged.
std::string_view without_log_prefix(std::string_view line) {
  static const Pattern pattern(R"(^[^\[\]]+:[0-9]+]\s)");
  const auto prefix = pattern.find(line);
  return prefix ? line.substr(prefix->size()) : line;
}

/// What a line came to.
struct Entry {
  bool is_mapping = false;
  std::optional<Mapping> mapping;  ///< unless it is passed over
};

Entry read_entry(std::string_view line, StringTable& strings) {
  std::optional<Columns> columns = kernel_columns(line);
  if (!columns) {
    columns = brief_columns(line);
  }
  if (!columns) {
    return {};
  }
  if (!columns->permissions.empty() && !columns->permissions.contains('x')) {
    return {.is_mapping = true};
  }
  const auto start = parse_hex(columns->start);
  const auto limit = parse_hex(columns->limit);
  const auto offset =
      columns->offset.empty() ? std::uint64_t{0} : parse_hex(columns->offset);
  if (!start || !limit || !offset) {
    return {};
  }
  return {.is_mapping = true,
          .mapping = Mapping{.start = *start,
                             .limit = *limit,
                             .offset = *offset,
                             .file = strings.add(columns->file),
                             .build_id = strings.add(columns->build_id)}};
}

Parsed<std::vector<Mapping>> read_entries(Lines& lines, StringTable& strings,
                                          const ReadLimits& limits) {
  std::vector<Mapping> mappings;
  MapAttributes attributes;
  std::string storage;
  while (lines.next()) {
    TRY_ASSIGN(const std::string_view line,
               attributes.replace(without_log_prefix(lines.line()), storage));
    const Entry entry = read_entry(line, strings);
    if (!entry.is_mapping) {
      attributes.define(line);
    } else if (entry.mapping) {
      mappings.push_back(*entry.mapping);
    }
    if (mappings.size() > limits.max_count) {
      return oversized(fmt::format("more than {} mappings", limits.max_count));
    }
  }
  TRY(lines.check());
  return mappings;
}

}  // namespace

bool starts_memory_map(std::string_view line) {
  return line.contains("--- Memory map: ---") ||
         line.contains("MAPPED_LIBRARIES:");
}

Parsed<void> read_memory_map(Lines& lines, Profile& profile,
                             const ReadLimits& limits) {
  TRY_ASSIGN(const std::vector<Mapping> mappings,
             read_entries(lines, profile.strings, limits));
  return place_mappings(profile, mappings);
}

Parsed<void> find_memory_map(Lines& lines, Profile& profile,
                             const ReadLimits& limits) {
  while (!starts_memory_map(lines.line()) && lines.next()) {
  }
  TRY(lines.check());
  return read_memory_map(lines, profile, limits);
}

}  // namespace kprofefe::pprof::legacy
