// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/profile.hpp"

namespace kprofefe::pprof {

struct DiffOptions {
  /// As -diff_base: the samples of the base get the label `pprof::base`
  /// `true`, stay apart, and percentages are of the base. Otherwise as -base.
  bool label_base = false;
  /// First scale the profile so that its sums are those of the base.
  bool normalize = false;
};

/// Brings both to what diff() subtracts: common sample types in one unit, the
/// sums of the base when they are to be normalised, and a value to be seen by
/// first, which only one of them may name. Errors: usage, when the two cannot
/// be compared, or normalised, for which pprof wants the same types.
Result<void> make_comparable(Profile& profile, Profile& base,
                             bool is_normalized);

/// `profile` minus `base`, as `go tool pprof` makes it of -base and
/// -diff_base; both are what a Combiner made of their sources. Errors: usage,
/// when the two cannot be compared.
Result<Profile> diff(Profile profile, Profile base, const DiffOptions& options);

}  // namespace kprofefe::pprof
