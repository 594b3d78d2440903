// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/profile.hpp"
#include "profefe/client.hpp"
#include "source/loader.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kprofefe::source {

/// How the profiles of a time range become one.
enum class Aggregation : std::uint8_t {
  /// By what they measure (pprof::Temporality): deltas are summed; of gauges
  /// the
  /// newest of each pod counts; of what is cumulative its increase in each pod,
  /// or the only profile. Pods are summed.
  automatic,
  sum,      ///< all are summed
  average,  ///< of each pod over time; pods are summed
};

/// The profiles of one pod, oldest first.
using Series = std::vector<profefe::StoredProfile>;

/// One series for each service and set of labels, in the order in which the
/// server, which begins with the oldest, first names them.
std::vector<Series> group_by_pod(std::vector<profefe::StoredProfile> found);

/// What cumulative values grew by over the snapshots of one pod: the last less
/// the first. Where a later one is smaller the program was started again, and
/// has counted from 0.
class Increase {
 public:
  explicit Increase(Loader* loader) : loader_(loader) {}

  /// The next, oldest first. Errors: as Loader::add().
  Result<void> add(pprof::Profile snapshot, std::string name);

  /// Adds what they grew by to the loader; of one snapshot all of it. Errors:
  /// as Loader::add().
  Result<void> finish();

 private:
  Result<void> end_run();

  Loader* loader_;
  std::optional<pprof::Profile> first_;  ///< none: the run began at 0
  std::optional<pprof::Profile> last_;
  std::string name_;  ///< of the last
  std::size_t snapshots_ = 0;
};

}  // namespace kprofefe::source
