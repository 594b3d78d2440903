// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/wire/gunzip.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::pprof {

/// What a body that a pod sent holds.
enum class Content : std::uint8_t {
  samples,  ///< a profile with at least one sample
  empty,    ///< a profile without samples, as block and mutex mostly are
  trace,    ///< a Go runtime trace
};

/// How much of a body check_start() wants to see.
inline constexpr std::size_t k_start_bytes = std::size_t{2} << 10;

/// Whether a body of which more is still to come may become a profile or a
/// trace, by its first `k_start_bytes`, which must have a field of
/// profile.proto in them; with fewer it says nothing yet. Gzip may hold
/// anything and passes: this takes about a microsecond and allocates nothing.
/// Errors: malformed, in the words of BodyChecker.
Result<void> check_start(std::string_view first_bytes);

/// What a profile may be, so that it does no harm to a server that parses it.
struct CheckLimits {
  static constexpr std::uint64_t k_unlimited = ~std::uint64_t{0};

  /// Of the profile.proto message, decompressed. Go's largest profiles have
  /// some 100 bytes a stack: this is a million of them.
  std::uint64_t max_inflated_bytes = std::uint64_t{128} << 20;
  /// Of what a server makes of it in memory, as parsed_bytes() estimates it:
  /// a bound on samples, frames, labels, strings and all else at once. A heap
  /// profile of 115,000 stacks takes about a third of it.
  std::uint64_t max_parsed_bytes = std::uint64_t{512} << 20;
};

/// Which limit a body exceeds.
enum class Excess : std::uint8_t { none, inflated, parsed };

/// Says what a body is and proves that it is whole, to the last byte: gzip's
/// checksums and lengths hold, nothing follows, and the profile ends where a
/// field ends; of a trace, what walk_trace() can prove. Stops where a limit is
/// exceeded, and does no more work than that limit is worth. Keeps one buffer
/// of 2 MiB and allocates nothing further, unless there is something to
/// complain of. For one thread; made once for many bodies.
class BodyChecker {
 public:
  explicit BodyChecker(const CheckLimits& limits = {});

  /// Errors: malformed, e.g. `not a profile but an HTML page: 502 Bad Gateway`.
  Result<Content> check(std::string_view body);

  /// Which limit it was that made the last check() fail.
  [[nodiscard]] Excess excess() const { return excess_; }

 private:
  /// What Go programs send fits; larger ones go in pieces.
  static constexpr std::size_t k_buffer_bytes = std::size_t{2} << 20;
  using Buffer = std::array<char, k_buffer_bytes>;

  std::optional<Content> check_at_once(std::string_view body);

  CheckLimits limits_;
  Excess excess_ = Excess::none;
  Gunzip gunzip_;
  std::unique_ptr<Buffer> buffer_;
};

/// The same for one body, at a third of the speed when it is gzip. What is in
/// the samples is not looked at where `max_parsed_bytes` is unlimited.
Result<Content> check_body(std::string_view body, const CheckLimits& limits);

/// Proves that a profile is whole, except what is in its samples, and hands
/// out the decompressed profile.proto message. Errors: malformed, also for a
/// trace, which has none, and for more than `max_inflated_bytes`.
Result<std::string> inflate_body(std::string_view body,
                                 std::uint64_t max_inflated_bytes);

}  // namespace kprofefe::pprof
