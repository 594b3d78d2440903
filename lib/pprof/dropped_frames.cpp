// SPDX-License-Identifier: MIT
#include "pprof/dropped_frames.hpp"

#include "pprof/filter/prune.hpp"

#include <fmt/format.h>

namespace kprofefe::pprof {

void remove_dropped_frames(Profile& profile) {
  const auto whole_name = [&](StringId id) {
    return Regex::compile(fmt::format("^({})$", profile.strings.at(id)));
  };
  if (profile.drop_frames == 0) {
    return;
  }
  const Result<Regex> drop = whole_name(profile.drop_frames);
  if (!drop) {
    return;
  }
  if (profile.keep_frames == 0) {
    prune(profile, *drop, nullptr);
    return;
  }
  if (const Result<Regex> keep = whole_name(profile.keep_frames)) {
    prune(profile, *drop, &*keep);
  }
}

}  // namespace kprofefe::pprof
