// SPDX-License-Identifier: MIT
#pragma once

#include "store/stored_profile.hpp"

#include <cstdint>
#include <string_view>

namespace kprofefe::store {

/// The first 8 bytes of the SHA-256, big-endian.
std::uint64_t digest_of(std::string_view bytes);

/// The same of all that makes a profile the same one: its series, its time,
/// unless that is only when it came, and its body.
std::uint64_t digest_of(const NewProfile& profile);

}  // namespace kprofefe::store
