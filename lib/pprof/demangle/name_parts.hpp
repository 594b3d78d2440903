// SPDX-License-Identifier: MIT
#pragma once

namespace kprofefe::pprof {

/// Which parts of a C++ name are shown.
struct NameParts {
  bool params = true;
  bool enclosing_params = true;  ///< of the function that something is local to
  bool template_args = true;
};

}  // namespace kprofefe::pprof
