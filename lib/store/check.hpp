// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::store {

/// Bytes of a segment, or an index, that are not what they should be.
struct Damage {
  std::string file;
  std::uint64_t offset = 0;  ///< of a segment; 0 for an index
  std::string what;
};

struct CheckReport {
  std::uint64_t windows = 0;
  std::uint64_t segments = 0;
  std::uint64_t profiles = 0;  ///< that are whole
  std::uint64_t bytes = 0;     ///< of the segments, which were all read
  std::vector<Damage> damage;
  /// What the next start mends without a loss, a line each.
  std::vector<std::string> notes;
};

/// Reads all that a store has in that folder, and compares the indexes with it;
/// changes nothing. Errors: usage, when the store is in use; io.
Result<CheckReport> check(const std::string& folder);

}  // namespace kprofefe::store
