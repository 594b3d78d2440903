// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "pprof/check.hpp"
#include "store/stored_profile.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace kprofefe::api {

/// What is known of a profile before it is stored.
struct Examined {
  std::optional<SystemTime> taken_at;  ///< nothing: it does not say
  std::vector<store::Total> totals;
};

/// Proves that a body is a profile that does no harm to who reads it later,
/// the legacy formats of `go tool pprof` among them. Errors: malformed, also
/// of a profile without samples.
Result<Examined> examine(std::string_view body,
                         const pprof::CheckLimits& limits);

}  // namespace kprofefe::api
