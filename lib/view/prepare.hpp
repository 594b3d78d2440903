// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/profile.hpp"
#include "view/measurement.hpp"
#include "view/options.hpp"
#include "view/weight.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kprofefe::view {

/// A profile, filtered and aggregated for one report, and what the report
/// must know. Every report is a function of this.
struct Prepared {
  pprof::Profile profile;
  Options options;  ///< as options_for() completed them
  std::size_t sample_index = 0;
  /// The first value when `mean` is asked for: what others are divided by.
  std::optional<std::size_t> divisor_index;
  std::string sample_type;  ///< `inuse_space`, `mean_delay`
  std::string sample_unit;  ///< as the profile spells it
  /// What is 100 %: the samples before filters (unless relative_percentages),
  /// without signs; of a comparison, the base's samples alone.
  std::int64_t total = 0;
  std::vector<std::string> active_filters;  ///< `focus=main`
  /// Units of numeric labels, by the label's key.
  std::map<pprof::StringId, std::string> number_units;
  /// What may surprise, for standard error: an expression that matched
  /// nothing. Words of `go tool pprof`.
  std::vector<std::string> warnings;

  /// What the sample of that index counts for.
  [[nodiscard]] Weight weight_of(std::size_t sample) const {
    const auto values = profile.values_of(sample);
    return {values[sample_index], divisor_index ? values[*divisor_index] : 0};
  }

  /// Writes values until the report has found the unit for all of its rows.
  [[nodiscard]] ValueFormat format() const;
};

/// Makes `profile` ready for a report, in the order of `go tool pprof`:
/// labels become frames, the total is taken, samples and frames are filtered,
/// then what the granularity does not tell apart becomes the same. `profile` is
/// as pprof::prepare() left it. Errors: usage (expressions, sample_index),
/// malformed (no values).
Result<Prepared> prepare(pprof::Profile profile, ReportKind kind,
                         const Options& options);

/// Where in a sample the value is. Errors: usage, with the valid names;
/// malformed when there are no values.
Result<std::size_t> find_sample_index(const pprof::Profile& profile,
                                      const SampleIndex& index);

}  // namespace kprofefe::view
