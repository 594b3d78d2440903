// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/read.hpp"
#include "support/describe_profile.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace kprofefe::test {

/// What the bytes are read as, without the expressions for dropped frames, or
/// the complaint about them.
inline std::string described(std::string_view bytes,
                             const pprof::ReadLimits& limits = {}) {
  Result<pprof::Profile> profile = pprof::read_profile(bytes, limits);
  if (!profile) {
    CHECK(profile.error().kind == ErrorKind::malformed);
    return profile.error().message;
  }
  profile->drop_frames = 0;
  profile->keep_frames = 0;
  return describe(*profile);
}

/// Only the samples of that.
inline std::string samples_of(std::string_view bytes) {
  const Result<pprof::Profile> profile = pprof::read_profile(bytes);
  return profile ? describe_samples(*profile) : profile.error().message;
}

/// Only the locations and mappings.
inline std::string places_of(std::string_view bytes) {
  const std::string all = described(bytes);
  const auto begin = all.find("location ");
  return begin == std::string::npos ? all : all.substr(begin);
}

}  // namespace kprofefe::test
