// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/legacy/parsed.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kprofefe::pprof::legacy {

/// The whole of `text` as Go reads a number whose base is not said
/// (strconv.ParseInt with base 0): `0x`, `0o`, `0b` or a leading 0 says it,
/// and `_` may stand between digits. Nothing: it is none, or does not fit.
std::optional<std::int64_t> parse_literal(std::string_view text);

/// The whole of `text` as a hexadecimal number without `0x`.
std::optional<std::uint64_t> parse_hex(std::string_view text);

/// Adds every `0x12ab` in `text`, whatever is between them. Refusals: damaged,
/// for one of more than 64 bits.
Parsed<void> add_addresses(std::string_view text,
                           std::vector<std::uint64_t>& addresses);

/// Both come from files: the product wraps, as in Go.
constexpr std::int64_t product_of(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) *
                                   static_cast<std::uint64_t>(b));
}

}  // namespace kprofefe::pprof::legacy
