// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/merge.hpp"
#include "pprof/profile.hpp"
#include "source/source.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::source {

/// Profiles that became one.
struct LoadedProfile {
  pprof::Profile profile;
  std::vector<std::string> names;  ///< of what went into it
  bool is_incomplete = false;      ///< something else could not be had
};

/// Adds up profiles as they come, one in memory at a time.
class Loader {
 public:
  /// The text of the source is for errors and titles: a path, a URL,
  /// `pod/api-0`. Errors: malformed, also for a runtime trace, and usage when
  /// the profile measures something else than those before it.
  Result<void> add(std::string_view bytes, const Source& source);

  /// Something could not be had.
  void mark_incomplete() { is_incomplete_ = true; }

  [[nodiscard]] std::size_t size() const { return names_.size(); }

  /// Errors: not_found, when nothing was added.
  Result<LoadedProfile> finish();

 private:
  pprof::Combiner combiner_;
  std::vector<std::string> names_;
  bool is_incomplete_ = false;
};

}  // namespace kprofefe::source
