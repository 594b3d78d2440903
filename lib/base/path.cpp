// SPDX-License-Identifier: MIT
#include "base/path.hpp"

namespace kprofefe {

std::string_view base_name(std::string_view path) {
  if (path.empty()) {
    return ".";
  }
  const auto end = path.find_last_not_of('/');
  if (end == std::string_view::npos) {
    return "/";
  }
  path = path.substr(0, end + 1);
  return path.substr(path.rfind('/') + 1);
}

}  // namespace kprofefe
