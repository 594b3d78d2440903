// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::pprof {

/// Decompresses one sound gzip member at once, in a third of the time that
/// BodyReader takes for it piece by piece. Nothing for anything else: damaged,
/// several members, bytes behind the end, more than `max_bytes`. BodyReader
/// takes what there is of these and says what is wrong.
std::optional<std::string> gunzip(std::string_view body,
                                  std::uint64_t max_bytes);

}  // namespace kprofefe::pprof
