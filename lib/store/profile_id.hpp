// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::store {

/// Names a stored profile for good. In text 20 characters of base32hex in lower
/// case, 12 bytes, as the ids of profefe (github.com/rs/xid) are.
struct ProfileId {
  std::uint32_t window = 0;  ///< the day of its arrival, counted from 1970, UTC
  std::uint64_t digest = 0;  ///< of its series, time and bytes

  auto operator<=>(const ProfileId&) const = default;
};

std::string format_id(const ProfileId& id);

/// Nothing when it is no id. One in capitals is none.
std::optional<ProfileId> parse_id(std::string_view text);

}  // namespace kprofefe::store
