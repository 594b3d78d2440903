// SPDX-License-Identifier: MIT
#pragma once

#include "support/profile_builder.hpp"

#include <string>

namespace kprofefe::test {

/// A heap profile with one sample, as a pod sends it.
inline std::string small_heap_profile() {
  return ProfileBuilder::go("heap")
      .sample({1, 1024, 1, 1024}, {"main.allocate", "main.main"})
      .gzip();
}

/// A mutex profile without samples, as most programs have it.
inline std::string empty_profile() {
  return ProfileBuilder::go("mutex").gzip();
}

/// Some 60 KB that are 64 MB when decompressed, and no profile.
inline const std::string& gzip_bomb() {
  static const std::string bomb =
      gzip(std::string(std::size_t{64} << 20, '\0'), 9);
  return bomb;
}

}  // namespace kprofefe::test
