// SPDX-License-Identifier: MIT
#include "source/series.hpp"

#include "base/arithmetic.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace kprofefe::source {
namespace {

/// Of the first sample type, a count in all that Go's runtime writes.
std::int64_t total_of(const pprof::Profile& profile) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    const auto values = profile.values_of(i);
    total = sum_of(total, values.empty() ? 0 : values.front());
  }
  return total;
}

/// Behind those of the same second, which is all that the server shows of a
/// time: it lists them in their order.
void insert_by_time(profefe::StoredProfile profile, Series& series) {
  const auto place = std::ranges::upper_bound(
      series, profile.created_at, {}, &profefe::StoredProfile::created_at);
  series.insert(place, std::move(profile));
}

}  // namespace

std::vector<Series> group_by_pod(std::vector<profefe::StoredProfile> found) {
  std::vector<Series> series;
  std::map<std::pair<std::string, profefe::Labels>, std::size_t> places;
  for (profefe::StoredProfile& profile : found) {
    const auto [place, is_new] =
        places.try_emplace({profile.service, profile.labels}, series.size());
    if (is_new) {
      series.emplace_back();
    }
    insert_by_time(std::move(profile), series[place->second]);
  }
  return series;
}

Result<void> Increase::add(pprof::Profile snapshot, std::string name) {
  const bool is_restarted = last_ && total_of(snapshot) < total_of(*last_);
  if (is_restarted) {
    TRY(end_run());
    first_.reset();
  } else if (snapshots_ == 0) {
    first_ = snapshot;
  }
  last_ = std::move(snapshot);
  name_ = std::move(name);
  ++snapshots_;
  return {};
}

Result<void> Increase::finish() {
  if (!last_) {
    return {};
  }
  if (snapshots_ == 1) {
    first_.reset();
  }
  return end_run();
}

Result<void> Increase::end_run() {
  const Source source{Kind::stored, name_};
  TRY(loader_->add(*std::exchange(last_, std::nullopt), source));
  if (first_) {
    TRY(loader_->add(*std::exchange(first_, std::nullopt), source, -1));
  }
  return {};
}

}  // namespace kprofefe::source
