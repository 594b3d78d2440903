// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

namespace kprofefe::pprof {

/// Brings the labels of a sample of `profile` into the order that
/// Profile::labels promises.
void sort_labels(Profile& profile, const Sample& sample);

}  // namespace kprofefe::pprof
