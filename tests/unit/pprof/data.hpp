// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"

#include <stdexcept>
#include <string>

namespace kprofefe::test {

/// The bytes of a file in the folder `data` beside this.
inline std::string real(const std::string& name) {
  Result<std::string> bytes =
      read_file(std::string(PROFEFE_PPROF_DATA) + "/" + name);
  if (!bytes) {
    throw std::runtime_error(bytes.error().message);
  }
  return *bytes;
}

}  // namespace kprofefe::test
