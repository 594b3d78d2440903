// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "store/index/index.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::store {

/// The index of a window, with all that the segments in its folder have. One
/// that is missing or damaged is made anew; of the last segment's end, what is
/// only half a record is cut off. Reads only what the index does not have yet.
/// Nobody else may have the index or a segment open for writing. What had to be
/// mended is added to `notes`, a line each. Errors: io.
Result<Index> open_index(const std::string& folder, std::uint32_t window,
                         std::vector<std::string>& notes);

/// The same, made anew from all that the segments have.
Result<Index> rebuild_index(const std::string& folder, std::uint32_t window,
                            std::vector<std::string>& notes);

}  // namespace kprofefe::store
