// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::pprof {

enum class Effort : std::uint8_t { fast, small };

/// `bytes` as one gzip member (RFC 1952).
std::string gzip(std::string_view bytes, Effort effort);

}  // namespace kprofefe::pprof
