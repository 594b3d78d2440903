// SPDX-License-Identifier: MIT
#pragma once

#include "base/arithmetic.hpp"
#include "base/result.hpp"
#include "pprof/profile.hpp"
#include "pprof/regex.hpp"
#include "view/about.hpp"
#include "view/options.hpp"
#include "view/prepare.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::view {

/// `regex=5%`: no function whose name matches may grow by more.
struct FunctionLimit {
  pprof::Regex names;
  double percent = 0;
};

/// Reads `10%` or `2.5%` (the sign may be left out; 0 or more). Errors: usage.
Result<double> parse_percent(std::string_view text);

/// Reads `regex=5%`; the last `=` counts. Errors: usage.
Result<FunctionLimit> parse_function_limit(std::string_view text);

/// When the new profile is too much worse than the base.
struct Limits {
  /// The total may grow by that many percent of the base's total.
  std::optional<double> total_percent;
  /// The cum value of a function may grow by that many percent of its own cum
  /// value in the base; when it was not there at all, it may not come.
  std::vector<FunctionLimit> functions;
  /// Growth of a function by fewer percent of the base's total than this is
  /// noise and never breaks a limit.
  double noise_percent = 0;

  [[nodiscard]] bool has_any() const {
    return total_percent || !functions.empty();
  }
};

/// A function in both profiles, 0 where it is not.
struct FunctionChange {
  std::string name;
  std::int64_t base_flat = 0;
  std::int64_t flat = 0;
  std::int64_t base_cum = 0;
  std::int64_t cum = 0;

  [[nodiscard]] std::int64_t growth() const {
    return sum_of(cum, negated(base_cum));
  }

  [[nodiscard]] std::int64_t flat_growth() const {
    return sum_of(flat, negated(base_flat));
  }
};

/// A limit that the new profile breaks.
struct Violation {
  std::string name;  ///< the function; empty for the total
  std::int64_t base = 0;
  std::int64_t now = 0;
  double allowed_percent = 0;
  std::string limit;  ///< as the user knows it: `total`, or the expression
  /// How often each was sampled, where the profile counts that; the base's
  /// times the factor.
  std::optional<double> base_samples = std::nullopt;
  std::optional<double> samples = std::nullopt;

  [[nodiscard]] std::int64_t growth() const {
    return sum_of(now, negated(base));
  }
};

struct Comparison {
  std::string sample_type;
  ValueFormat format;
  std::int64_t base_total = 0;  ///< sums of all samples that the filters leave
  std::int64_t total = 0;
  /// All that changed, by the absolute change of flat, then of cum, then name.
  std::vector<FunctionChange> changes;
  /// The total first, then functions by growth of cum, largest first.
  std::vector<Violation> violations;
  /// Growth beyond a limit that chance alone explains, see is_within_noise().
  std::vector<Violation> within_noise;
  /// Limits for functions of which there is none, in either profile.
  std::vector<std::string> unmatched;
  /// What surprises in both, as Prepared::warnings.
  std::vector<std::string> warnings;
  About base_about;
  About about;
};

/// Compares two profiles that were prepared with the same options; what is of
/// the base is multiplied by `factor`. Errors: usage when they do not measure
/// the same: type, or units of another family.
Result<Comparison> compare(const Prepared& base, const Prepared& now,
                           const Limits& limits, double factor = 1);

/// Whether two counts of samples differ no more than chance makes them:
/// sampling is a Poisson process, so that the difference of `now` and `factor`
/// times `base` has the variance now + factor^2 * base; beyond 2.58 standard
/// deviations it is no chance in 99 of 100 cases.
bool is_within_noise(double base, double now, double factor);

/// Compares two profiles as pprof::make_comparable() leaves them, by the value
/// that `options` choose of `now`. What is of the base is multiplied by
/// `factor`. Where the profiles count their samples (`samples/count` of a CPU
/// profile), growth within noise breaks no limit. Errors: usage, also when the
/// filters leave nothing of either, so that no limit could be broken.
Result<Comparison> compare(const pprof::Profile& base,
                           const pprof::Profile& now, const Options& options,
                           const Limits& limits, double factor = 1);

/// A sentence for each growth that is within noise.
std::vector<std::string> explain_noise(const Comparison& comparison);

/// The violations as a table: what, base, new, growth, and what is allowed;
/// empty when there are none.
std::string render_violations(const Comparison& comparison);

/// One object, with at most so many changes: `sample_type`, `unit`,
/// `base_total`, `total`, `changes`:
/// [{`name`, `base_flat`, `flat`, `base_cum`, `cum`}], `violations`:
/// [{`name` (absent for the total), `limit`, `base`, `new`, `growth_percent`
/// (null when the base has none of it), `allowed_percent`, `base_samples` and
/// `samples` where they are counted}], `within_noise`: the same; and what it is
/// of: `time`, `duration_nanos`, `comments`, `pods`, `filters`, also in `base`.
std::string render_json(const Comparison& comparison, std::size_t most_changes);

}  // namespace kprofefe::view
