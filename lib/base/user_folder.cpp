// SPDX-License-Identifier: MIT
#include "base/user_folder.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <system_error>

namespace kprofefe {
namespace {

std::string folder_in(const Env& env, std::string_view variable,
                      std::string_view below_home) {
  if (const auto base = env.get(variable)) {
    return *base + "/kubectl-profefe";
  }
  const std::string home = env.home();
  return home.empty() ? ""
                      : fmt::format("{}/{}/kubectl-profefe", home, below_home);
}

}  // namespace

std::string state_folder(const Env& env) {
  return folder_in(env, "XDG_STATE_HOME", ".local/state");
}

std::string config_folder(const Env& env) {
  return folder_in(env, "XDG_CONFIG_HOME", ".config");
}

Result<void> make_private_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all,
                                 error);
  }
  if (error) {
    return fail(ErrorKind::io, fmt::format("create directory {}: {}", folder,
                                           error.message()));
  }
  return {};
}

}  // namespace kprofefe
