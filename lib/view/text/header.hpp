// SPDX-License-Identifier: MIT
#pragma once

#include "view/prepare.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::view {

/// What a report shows of all that there is.
struct Extent {
  std::int64_t shown = 0;  ///< flat values together
  std::size_t nodes = 0;
  std::size_t dropped_nodes = 0;   ///< below node_fraction
  std::size_t original_nodes = 0;  ///< that were left then
  std::size_t dropped_edges = 0;   ///< below edge_fraction
};

/// The program, what was measured, when and for how long: one line each.
std::vector<std::string> profile_header(const Prepared& prepared,
                                        const ValueFormat& format);

/// The same (unless compact_labels), the filters, and what is shown.
std::vector<std::string> report_header(const Prepared& prepared,
                                       const ValueFormat& format,
                                       const Extent& extent);

/// The same for a picture: always with the description of the profile, and
/// with where to read how to read it.
std::vector<std::string> legend(const Prepared& prepared,
                                const ValueFormat& format,
                                const Extent& extent);

/// `2026-11-24 20:40:31 UTC` in the zone of the process.
std::string local_time(std::int64_t nanoseconds);

/// `2026-11-24 20:40:31.25 +0000 UTC`, as Go prints a time.
std::string local_time_in_full(std::int64_t nanoseconds);

}  // namespace kprofefe::view
