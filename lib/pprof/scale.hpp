// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

#include <cstdint>
#include <span>

namespace kprofefe::pprof {

/// `value` without its fraction, as Go converts on amd64: what does not fit
/// becomes the smallest number.
std::int64_t to_integer(double value);

/// Multiplies the values of each sample type by its ratio and rounds them.
/// Samples whose multiplied values are all 0 are dropped, as pprof's ScaleN
/// does (those with a ratio of 1 do not count); when all ratios are 1 nothing
/// happens.
void scale(Profile& profile, std::span<const double> ratios);

/// Multiplies all values by one ratio, so that the sum of each sample type is
/// that of all of them multiplied: what is lost by rounding is carried on to
/// the next sample.
void scale_sums(Profile& profile, double ratio);

/// As scale() without dropping: all values of such a sample become 0.
void scale_in_place(Profile& profile, std::span<const double> ratios);

}  // namespace kprofefe::pprof
