// SPDX-License-Identifier: MIT
#include "view/graph/nodes.hpp"

#include "base/hash_index.hpp"
#include "base/path.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace kprofefe::view {
namespace {

std::uint64_t hash_of(const NodeInfo& info) {
  std::uint64_t hash = mix_hash(info.name, info.address);
  hash = mix_hash(hash, info.file);
  hash = mix_hash(hash, static_cast<std::uint64_t>(info.line));
  hash = mix_hash(hash, static_cast<std::uint64_t>(info.column));
  hash = mix_hash(hash, static_cast<std::uint64_t>(info.start_line));
  return mix_hash(hash, info.object);
}

/// Numbers nodes in the order in which they come.
class NodeTable {
 public:
  std::uint32_t add(const NodeInfo& info) {
    const std::uint64_t hash = hash_of(info);
    const auto found = index_.find(
        hash, [&](std::uint32_t number) { return infos_[number] == info; });
    if (found) {
      return *found;
    }
    const auto number = static_cast<std::uint32_t>(infos_.size());
    infos_.push_back(info);
    index_.add(hash, number);
    return number;
  }

  std::vector<NodeInfo> take() { return std::move(infos_); }

 private:
  HashIndex index_;
  std::vector<NodeInfo> infos_;
};

pprof::StringId object_of(const pprof::Profile& profile,
                          const pprof::Location& location) {
  return location.mapping == pprof::k_none
             ? 0
             : profile.mappings[location.mapping].file;
}

NodeInfo info_of(const pprof::Profile& profile, const pprof::Location& location,
                 const pprof::Line& line, bool keep_objects) {
  NodeInfo info;
  info.address = location.address;
  if (line.function == pprof::k_none) {
    info.object = object_of(profile, location);
    return info;
  }
  const pprof::Function& function = profile.functions[line.function];
  info.name = function.name;
  info.file = function.file;
  info.line = line.line;
  info.column = line.column;
  if (keep_objects || function.name == 0) {
    info.object = object_of(profile, location);
    info.start_line = function.start_line;
  }
  return info;
}

void append(std::string& name, std::string_view part) {
  if (!name.empty()) {
    name += ' ';
  }
  name += part;
}

}  // namespace

LocationNodes nodes_of_locations(const pprof::Profile& profile,
                                 bool keep_objects) {
  LocationNodes nodes;
  NodeTable table;
  nodes.begin.reserve(profile.locations.size() + 1);
  nodes.ids.reserve(profile.lines.size());
  nodes.begin.push_back(0);
  for (const pprof::Location& location : profile.locations) {
    for (const pprof::Line& line : profile.lines_of(location)) {
      nodes.ids.push_back(
          table.add(info_of(profile, location, line, keep_objects)));
    }
    if (location.line_count == 0) {
      nodes.ids.push_back(
          table.add(info_of(profile, location, {}, keep_objects)));
    }
    nodes.begin.push_back(static_cast<std::uint32_t>(nodes.ids.size()));
  }
  nodes.infos = table.take();
  return nodes;
}

std::string place_text(const NodeInfo& info, std::string_view file,
                       bool is_nameless, const pprof::StringTable& strings) {
  if (info.line != 0) {
    return info.column == 0
               ? fmt::format("{}:{}", file, info.line)
               : fmt::format("{}:{}:{}", file, info.line, info.column);
  }
  if (!file.empty() || !is_nameless) {
    return std::string(file);
  }
  return info.object == 0
             ? "<unknown>"
             : fmt::format("[{}]", base_name(strings.at(info.object)));
}

std::string printable_name(const NodeInfo& info,
                           const pprof::StringTable& strings) {
  std::string name;
  if (info.address != 0) {
    fmt::format_to(std::back_inserter(name), "{:016x}", info.address);
  }
  if (info.name != 0) {
    append(name, strings.at(info.name));
  }
  const std::string_view file = info.file == 0 ? "" : strings.at(info.file);
  if (const std::string place = place_text(info, file, info.name == 0, strings);
      !place.empty()) {
    append(name, place);
  }
  return name;
}

}  // namespace kprofefe::view
