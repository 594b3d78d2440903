// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::pprof {

/// What a body that a pod sent holds.
enum class Content : std::uint8_t {
  samples,  ///< a profile with at least one sample
  empty,    ///< a profile without samples, as block and mutex mostly are
  trace,    ///< a Go runtime trace
};

/// More than this no profile says before its first sample.
inline constexpr std::uint64_t k_check_max_inflated_bytes = 16U << 20;

/// How much of a body check_start() wants to see.
inline constexpr std::size_t k_start_bytes = std::size_t{2} << 10;

/// Whether a body of which more is still to come may become a profile or a
/// trace, by its first `k_start_bytes`; with fewer it says nothing yet. Gzip
/// may hold anything and passes: this takes about a microsecond and allocates
/// nothing. Errors: malformed, in the words of check_body().
Result<void> check_start(std::string_view first_bytes);

/// The quick look at a body that arrived whole (its transport said how long
/// it is): gzip or plain, is it a profile, and does it have samples. It stops
/// at the first sample, so what comes later is not checked. Allocates nothing
/// unless there is something to complain of, and decompresses at most
/// `max_inflated_bytes`. Errors: malformed, e.g. `not a profile but an HTML
/// page: 502 Bad Gateway`.
Result<Content> check_body(
    std::string_view body,
    std::uint64_t max_inflated_bytes = k_check_max_inflated_bytes);

/// The same to the last byte, for a body whose transport did not say its
/// length: gzip's checksum and length hold, and the profile ends where a field
/// ends. Of a trace only the header can be checked. Errors: malformed, also
/// when the profile is larger than `max_inflated_bytes` when decompressed.
Result<Content> verify_body(std::string_view body,
                            std::uint64_t max_inflated_bytes);

/// Verifies in the same way and hands out the decompressed profile.proto
/// message. Errors: malformed, also for a trace, which has none.
Result<std::string> inflate_body(std::string_view body,
                                 std::uint64_t max_inflated_bytes);

}  // namespace kprofefe::pprof
