// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {

/// Labels that become frames of the stacks of their samples: keys, separated by
/// commas. pprof's options tagroot and tagleaf.
struct LabelFrames {
  std::string root;  ///< above the outermost frame, the first key on top
  std::string leaf;  ///< below the innermost frame, the last key lowest

  bool operator==(const LabelFrames&) const = default;
};

/// Adds these frames: functions called like the label's values, in a file
/// called like its key. A sample without the label gets a frame without a name.
/// Numbers are written in `unit` (see measure_text()). Returns a line, in
/// pprof's words, for each of the two whose labels no sample has.
std::vector<std::string> add_label_frames(Profile& profile,
                                          const LabelFrames& wanted,
                                          std::string_view unit);

}  // namespace kprofefe::pprof
