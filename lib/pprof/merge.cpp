// SPDX-License-Identifier: MIT
#include "pprof/merge.hpp"

#include "pprof/merge/compatible.hpp"
#include "pprof/merge/merge_state.hpp"

#include <algorithm>
#include <utility>

namespace kprofefe::pprof {
namespace {

bool has_zero_sample(const Profile& profile) {
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    if (is_zero(profile.values_of(i))) {
      return true;
    }
  }
  return false;
}

}  // namespace

struct Merger::State : MergeState {};

Merger::Merger() : state_(std::make_unique<State>()) {}

Merger::~Merger() = default;

Merger::Merger(Merger&& other) noexcept = default;

Merger& Merger::operator=(Merger&& other) noexcept = default;

Result<void> Merger::add(const Profile& profile) {
  if (state_->profiles() != 0) {
    TRY(check_same_types(state_->sum(), profile));
  }
  state_->add(profile);
  return {};
}

const Profile& Merger::sum() const {
  return state_->sum();
}

Result<Profile> Merger::finish() {
  if (state_->profiles() == 0) {
    return fail(ErrorKind::usage, "no profiles to merge");
  }
  Profile sum =
      std::move(std::exchange(state_, std::make_unique<State>())->sum());
  // What became 0 takes with it what only it named.
  if (has_zero_sample(sum)) {
    MergeState again;
    again.add(sum);
    return std::move(again.sum());
  }
  return sum;
}

Result<Profile> merge(std::span<const Profile> profiles) {
  Merger merger;
  for (const Profile& profile : profiles) {
    TRY(merger.add(profile));
  }
  return merger.finish();
}

const Profile& Combiner::Run::header() const {
  return merger ? merger->sum() : only;
}

Result<void> Combiner::Run::add(const Profile& profile) {
  if (!merger) {
    TRY(merger.emplace().add(only));
    only = {};
  }
  return merger->add(profile);
}

Result<Profile> Combiner::Run::finish() {
  return merger ? merger->finish() : std::move(only);
}

Result<CommonTypes> Combiner::find_common(const Profile& next) const {
  std::vector<const Profile*> headers(runs_.size() + 1, &next);
  std::ranges::transform(runs_, headers.begin(),
                         [](const Run& run) { return &run.header(); });
  return find_common_types(headers);
}

Result<void> Combiner::add(Profile profile) {
  if (!runs_.empty()) {
    const Profile& last = runs_.back().header();
    if (have_same_types(last, profile) && !last.sample_types.empty()) {
      return runs_.back().add(profile);
    }
    TRY(find_common(profile));
  }
  runs_.push_back({.only = std::move(profile), .merger = std::nullopt});
  return {};
}

Result<Profile> Combiner::finish() {
  std::vector<Run> runs = std::exchange(runs_, {});
  if (runs.empty()) {
    return fail(ErrorKind::usage, "no profiles to merge");
  }
  if (runs.size() == 1) {
    return runs.front().finish();
  }
  std::vector<Profile> sums;
  for (Run& run : runs) {
    TRY_ASSIGN(Profile sum, run.finish());
    sums.push_back(std::move(sum));
  }
  std::vector<const Profile*> all(sums.size());
  std::ranges::transform(sums, all.begin(), [](Profile& sum) { return &sum; });
  TRY_ASSIGN(const CommonTypes common, find_common_types(all));
  for (Profile& sum : sums) {
    convert_to(common, sum);
  }
  return merge(sums);
}

}  // namespace kprofefe::pprof
