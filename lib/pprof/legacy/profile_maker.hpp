// SPDX-License-Identifier: MIT
#pragma once

#include "base/hash_index.hpp"
#include "pprof/legacy/parsed.hpp"
#include "pprof/profile.hpp"
#include "pprof/read_limits.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kprofefe::pprof::legacy {

/// Which addresses of a stack are those behind a call: 1 is taken from them,
/// to be on the call.
enum class ReturnAddresses : std::uint8_t { none, all, but_leaf };

/// Makes a profile of stacks of addresses.
class ProfileMaker {
 public:
  ProfileMaker(const ReadLimits& limits, ReturnAddresses returns)
      : limits_(limits), returns_(returns) {}

  /// All but stacks and locations is the caller's to fill in.
  [[nodiscard]] Profile& profile() { return profile_; }

  void set_period(std::string_view type, std::string_view unit,
                  std::int64_t period);
  void add_type(std::string_view type, std::string_view unit);

  /// One value for each type. Refusals: too_large.
  Parsed<void> add_sample(std::span<const std::int64_t> values,
                          std::span<const std::uint64_t> addresses);

  /// Labels the last sample with a number that has no unit.
  void add_label(std::string_view key, std::int64_t number);

  /// Of an address in a stack, as Location::address was before anybody changed
  /// it.
  [[nodiscard]] std::optional<std::uint32_t> find_location(
      std::uint64_t address) const;

 private:
  [[nodiscard]] Parsed<void> check_room(std::size_t frames) const;
  std::uint32_t location_at(std::uint64_t address);

  ReadLimits limits_;
  ReturnAddresses returns_;
  Profile profile_;
  HashIndex by_address_;
  std::vector<std::uint64_t> addresses_;  ///< of each location
};

}  // namespace kprofefe::pprof::legacy
