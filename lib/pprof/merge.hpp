// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/merge/compatible.hpp"
#include "pprof/profile.hpp"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace kprofefe::pprof {

/// Adds profiles up by the rules of github.com/google/pprof's profile.Merge:
/// samples of equal stacks and labels become one; samples, locations,
/// functions and mappings stand in the order in which the stacks first name
/// them; what no sample names is left out, and so are samples that are 0.
/// Mappings are the same when their build id (or else file), size in pages and
/// offset are; addresses move with them. Takes one profile at a time, so that
/// memory holds one of them and the sum.
class Merger {
 public:
  Merger();
  ~Merger();
  Merger(Merger&& other) noexcept;
  Merger& operator=(Merger&& other) noexcept;
  Merger(const Merger&) = delete;
  Merger& operator=(const Merger&) = delete;

  /// Errors: usage, naming both, when sample or period types differ from the
  /// first profile's; then nothing is added.
  Result<void> add(const Profile& profile);

  /// The sum so far; of nothing an empty profile.
  [[nodiscard]] const Profile& sum() const;

  /// The sum; the merger is empty again. Errors: usage, when nothing was added.
  Result<Profile> finish();

 private:
  struct State;

  std::unique_ptr<State> state_;
};

/// The sum of all. Of one profile: what is left of it when nothing unused is
/// kept. Errors: usage, as Merger.
Result<Profile> merge(std::span<const Profile> profiles);

/// What `go tool pprof` makes of several sources before it looks at them: one
/// is taken as it is; more are brought to their common sample types and their
/// finest units (see compatible.hpp) and merged. What measures the same and
/// comes one after the other is added up at once, so that memory holds a sum
/// for each change of types, mostly one.
class Combiner {
 public:
  /// Errors: usage, when the profiles have no sample type in common or measure
  /// what cannot be added up.
  Result<void> add(Profile profile);

  /// The sum of what was added; the combiner is empty again. Errors: usage,
  /// when that is nothing.
  Result<Profile> finish();

 private:
  /// Profiles of the same types: the only one as it came, or their sum.
  struct Run {
    Profile only;
    std::optional<Merger> merger;

    [[nodiscard]] const Profile& header() const;
    Result<void> add(const Profile& profile);
    Result<Profile> finish();
  };

  [[nodiscard]] Result<CommonTypes> find_common(const Profile& next) const;

  std::vector<Run> runs_;
};

}  // namespace kprofefe::pprof
