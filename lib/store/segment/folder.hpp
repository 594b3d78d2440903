// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace kprofefe::store {

/// Segments of a folder, by number: how many bytes each has.
using SegmentSizes = std::map<std::uint32_t, std::uint64_t>;

/// `FOLDER/000001.seg`.
std::string segment_path(const std::string& folder, std::uint32_t number);

/// Errors: io.
Result<SegmentSizes> list_segments(const std::string& folder);

/// Of the folders in a folder, sorted. Errors: io.
Result<std::vector<std::string>> folder_names(const std::string& folder);

/// All files of a folder together. Errors: io.
Result<std::uint64_t> bytes_in(const std::string& folder);

/// Makes a folder that is there after a loss of power, and those above it, if
/// need be. Errors: io.
Result<void> make_folder(const std::string& path);

/// What was made, renamed or removed in the folder survives a loss of power.
/// Errors: io.
Result<void> sync_folder(const std::string& path);

}  // namespace kprofefe::store
