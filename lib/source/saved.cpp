// SPDX-License-Identifier: MIT
#include "source/saved.hpp"

#include "base/file.hpp"
#include "pprof/write.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <system_error>
#include <vector>

namespace kprofefe::source {
namespace {

constexpr std::size_t k_kept = 50;
constexpr std::string_view k_ending = ".pb.gz";

std::string folder_of(const Env& env) {
  if (const auto state = env.get("XDG_STATE_HOME")) {
    return *state + "/kubectl-profefe";
  }
  const std::string home = env.home();
  return home.empty() ? "" : home + "/.local/state/kubectl-profefe";
}

/// Paths, the oldest first: names begin with the time.
std::vector<std::string> saved_in(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  std::filesystem::directory_iterator files(folder, error);
  for (; !error && files != std::filesystem::directory_iterator();
       files.increment(error)) {
    if (files->path().string().ends_with(k_ending)) {
      paths.push_back(files->path().string());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

void remove_oldest(const std::string& folder) {
  const std::vector<std::string> paths = saved_in(folder);
  std::error_code ignored;
  for (std::size_t i = 0; i + k_kept < paths.size(); ++i) {
    std::filesystem::remove(paths[i], ignored);
  }
}

Result<void> make_private(const std::string& folder) {
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

}  // namespace

Result<std::string> save_capture(const pprof::Profile& profile,
                                 std::string_view type, std::string_view name,
                                 const Env& env) {
  const std::string folder = folder_of(env);
  if (folder.empty()) {
    return std::string();
  }
  TRY(make_private(folder));
  const auto now = std::chrono::floor<std::chrono::milliseconds>(env.now());
  const std::string path = fmt::format("{}/{:%Y%m%dT%H%M%S}Z-{}-{}{}", folder,
                                       now, type, name, k_ending);
  TRY(write_file(path, pprof::write_profile(profile)));
  remove_oldest(folder);
  return path;
}

Result<std::string> last_capture(const Env& env) {
  const std::string folder = folder_of(env);
  const std::vector<std::string> paths = saved_in(folder);
  if (paths.empty()) {
    return fail(ErrorKind::not_found,
                "@last: nothing has been captured by a reading command yet");
  }
  return paths.back();
}

}  // namespace kprofefe::source
