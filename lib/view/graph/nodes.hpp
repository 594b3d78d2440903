// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"
#include "view/graph/graph.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::view {

/// `0000000000401000 main.main /src/main.go:12`, or as much as is known.
std::string printable_name(const NodeInfo& info,
                           const pprof::StringTable& strings);

/// The end of that: `file:12`, a file, of what has no name its program, or else
/// `<unknown>`; of a function without a file nothing.
std::string place_text(const NodeInfo& info, std::string_view file,
                       bool is_nameless, const pprof::StringTable& strings);

/// The nodes that a profile's locations stand for.
struct LocationNodes {
  std::vector<NodeInfo> infos;       ///< each once
  std::vector<std::uint32_t> ids;    ///< into infos; of all locations
  std::vector<std::uint32_t> begin;  ///< into ids; one more than locations

  /// Of the location's lines, innermost first; one if it has no lines.
  [[nodiscard]] std::span<const std::uint32_t> at(
      std::uint32_t location) const {
    return std::span(ids).subspan(begin[location],
                                  begin[location + 1] - begin[location]);
  }
};

/// `keep_objects` tells functions of several programs apart.
LocationNodes nodes_of_locations(const pprof::Profile& profile,
                                 bool keep_objects);

}  // namespace kprofefe::view
