// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/merge.hpp"
#include "pprof/profile.hpp"
#include "source/source.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::source {

/// Where a profile is from.
struct Origin {
  std::string pod;
  std::string ns;
  std::string service;
};

/// Gives every sample the labels `pod`, `namespace` and `service`, so that they
/// can be told apart in a sum; what is empty, and what the program has labelled
/// so itself, stays as it is.
void add_origin(pprof::Profile& profile, const Origin& origin);

/// Profiles that became one.
struct LoadedProfile {
  pprof::Profile profile;
  std::vector<std::string> names;  ///< of what went into it
  std::size_t pods = 0;            ///< 0: not known, as of most files
  bool is_incomplete = false;      ///< something else could not be had
};

/// What it is called for people: `pod/api-0 and 2 more`.
std::string title_of(const LoadedProfile& loaded);

/// Adds up profiles as they come, one in memory at a time.
class Loader {
 public:
  /// The text of the source is for errors and titles: a path, a URL,
  /// `pod/api-0`. Errors: malformed, also for a runtime trace, and usage when
  /// the profile measures something else than those before it.
  Result<void> add(std::string_view bytes, const Source& source);

  /// The profile in `bytes`. Errors: malformed, as of add().
  static Result<pprof::Profile> read(std::string_view bytes,
                                     const Source& source);

  /// Adds `factor` times the profile. Errors: usage, as of add().
  Result<void> add(pprof::Profile profile, const Source& source,
                   double factor = 1);

  /// Somebody who samples for so long and sees nothing sends no profile: the
  /// sum is of that time, too.
  void add_idle_time(std::chrono::nanoseconds time) { idle_time_ += time; }

  /// Of what profiles the sum is: a line of the header of every view.
  void describe(std::string what) { description_ = std::move(what); }

  /// Something could not be had.
  void mark_incomplete() { is_incomplete_ = true; }

  [[nodiscard]] std::size_t size() const { return names_.size(); }

  /// Errors: not_found, when nothing was added.
  Result<LoadedProfile> finish();

 private:
  pprof::Combiner combiner_;
  std::vector<std::string> names_;
  std::string description_;
  std::chrono::nanoseconds idle_time_{0};
  bool is_incomplete_ = false;
};

}  // namespace kprofefe::source
