// SPDX-License-Identifier: MIT
#pragma once

#include "flame/tree.hpp"
#include "pprof/profile.hpp"

#include <string>

namespace kprofefe::flame {

/// A tree as the bytes that page.js reads; encode.cpp has the grammar. Values
/// are exact; JavaScript's numbers hold them exactly up to 2^53.
std::string encode(const Tree& tree, const pprof::Profile& profile,
                   const Options& options);

}  // namespace kprofefe::flame
