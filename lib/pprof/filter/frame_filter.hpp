// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"
#include "pprof/regex.hpp"

#include <optional>

namespace kprofefe::pprof {

struct FrameFilters {
  std::optional<Regex> focus;
  std::optional<Regex> ignore;
  std::optional<Regex> hide;
  std::optional<Regex> show;
};

/// Which of them matched something.
struct FrameMatches {
  bool focus = false;
  bool ignore = false;
  bool hide = false;
  bool show = false;
};

/// pprof's FilterSamplesByName. When there is any filter, samples without a
/// frame are dropped, too.
FrameMatches filter_frames(Profile& profile, const FrameFilters& filters);

/// Drops the frames above the outermost one that matches, and the samples
/// without one; whether there was any. pprof's ShowFrom.
bool show_from(Profile& profile, const Regex& from);

}  // namespace kprofefe::pprof
