// SPDX-License-Identifier: MIT
#include "base/program.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace kprofefe {
namespace {

/// 0, or why it cannot be executed.
int obstacle(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) {
    return errno;
  }
  if (S_ISDIR(status.st_mode)) {
    return EISDIR;
  }
  return ::access(path.c_str(), X_OK) == 0 ? 0 : errno;
}

}  // namespace

Result<std::string> find_program(const std::string& name, const Env& env) {
  if (name.contains('/')) {
    if (const int error = obstacle(name); error != 0) {
      return fail(ErrorKind::not_found,
                  fmt::format("{}: {}", name, errno_text(error)));
    }
    return name;
  }
  const std::string path = env.get("PATH").value_or("");
  for (const std::string_view folder : split(path, ':')) {
    std::string candidate = fmt::format("{}/{}", folder, name);
    if (folder.starts_with('/') && obstacle(candidate) == 0) {
      return candidate;
    }
  }
  return fail(ErrorKind::not_found,
              fmt::format("{}: executable file not found in $PATH", name));
}

}  // namespace kprofefe
