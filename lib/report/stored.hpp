// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "profefe/answer.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kprofefe::report {

/// `-o` of get.
enum class StoredFormat : std::uint8_t {
  table,
  json,
  name  ///< of a profile its URL
};

/// Errors: usage.
Result<StoredFormat> parse_stored_format(std::string_view name);

/// A list of names: one a line, or an array.
std::string render_names(std::span<const std::string> names, bool json);

/// Profiles as a server describes them.
std::string render_profiles(std::span<const profefe::StoredProfile> profiles,
                            StoredFormat format);

}  // namespace kprofefe::report
