// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace kprofefe {

// Declared here and defined in a file that CMake writes: a new commit compiles
// that one file again, and not all that include this one.

/// This build's version: the git tag, or the commit behind a `-dev` version.
extern const std::string_view k_version;

/// The compiler this build was made with.
extern const std::string_view k_compiler;

}  // namespace kprofefe
