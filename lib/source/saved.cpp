// SPDX-License-Identifier: MIT
#include "source/saved.hpp"

#include "base/file.hpp"
#include "base/number.hpp"
#include "base/path.hpp"
#include "base/user_folder.hpp"
#include "pprof/write.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace kprofefe::source {
namespace {

constexpr std::size_t k_kept = 50;
constexpr std::string_view k_ending = ".pb.gz";
constexpr std::string_view k_last = "@last";
constexpr std::string_view k_before_last = "@last~";

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

/// A name that no file has yet, and that sorts by time.
std::string fresh_path(const std::string& folder, std::string_view type,
                       std::string_view name, SystemTime now) {
  for (;; now += std::chrono::milliseconds(1)) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
    const auto millis =
        std::chrono::floor<std::chrono::milliseconds>(now - seconds).count();
    std::string path = fmt::format("{}/{:%Y%m%dT%H%M%S}.{:03}Z-{}-{}{}", folder,
                                   seconds, millis, type, name, k_ending);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
      return path;
    }
  }
}

/// How many captures before the last `word` means, as git counts.
std::optional<std::size_t> captures_back(std::string_view word) {
  if (word == k_last) {
    return 0;
  }
  if (!word.starts_with(k_before_last)) {
    return std::nullopt;
  }
  return parse_number<std::size_t>(word.substr(k_before_last.size()));
}

}  // namespace

Result<std::string> save_capture(const pprof::Profile& profile,
                                 std::string_view type, std::string_view name,
                                 const Env& env) {
  const std::string folder = state_folder(env);
  if (folder.empty()) {
    return std::string();
  }
  TRY(make_private_folder(folder));
  std::string path = fresh_path(folder, type, name, env.now());
  TRY(write_file(path, pprof::write_profile(profile)));
  std::error_code ignored;
  std::filesystem::permissions(
      path,
      std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
      ignored);
  remove_oldest(folder);
  return path;
}

Result<std::string> save_capture(const LoadedProfile& loaded,
                                 std::string_view type, const Env& env) {
  const std::string name = loaded.names.size() == 1
                               ? std::string(base_name(loaded.names.front()))
                               : fmt::format("{}_pods", loaded.names.size());
  return save_capture(loaded.profile, type, name, env);
}

bool names_capture(std::string_view word) {
  return word == k_last || word.starts_with(k_before_last);
}

Result<std::string> find_capture(std::string_view word, const Env& env) {
  const std::optional<std::size_t> back = captures_back(word);
  if (!back) {
    return fail(ErrorKind::usage,
                fmt::format("invalid SOURCE \"{}\": use @last, or @last~1 for "
                            "the capture before it",
                            word));
  }
  std::vector<std::string> paths = saved_in(state_folder(env));
  if (paths.empty()) {
    return fail(ErrorKind::not_found,
                fmt::format("{}: nothing has been captured by a reading "
                            "command yet",
                            word));
  }
  if (*back >= paths.size()) {
    return fail(ErrorKind::not_found,
                fmt::format("{}: only {} saved captures", word, paths.size()));
  }
  return std::move(paths[paths.size() - 1 - *back]);
}

}  // namespace kprofefe::source
