// SPDX-License-Identifier: MIT
#include "store/window/catalog.hpp"

#include "store/index/open_index.hpp"
#include "store/segment/folder.hpp"
#include "store/segment/io_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace kprofefe::store {
namespace {

/// A window that is being removed.
constexpr std::string_view k_removed_prefix = ".removed-";

Result<void> remove_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::remove_all(path, error);
  if (error) {
    errno = error.value();
    return io_error("remove", path);
  }
  return {};
}

}  // namespace

Result<void> Catalog::load(std::vector<std::string>& notes) {
  TRY_ASSIGN(const auto found, folder_names(folder_));
  for (const std::string& name : found) {
    TRY(load(name, notes));
  }
  return {};
}

Result<void> Catalog::load(const std::string& name,
                           std::vector<std::string>& notes) {
  if (name.starts_with(k_removed_prefix)) {
    return remove_folder(fmt::format("{}/{}", folder_, name));
  }
  const auto day = parse_window_name(name);
  if (!day) {
    return {};
  }
  const auto window = std::make_shared<Window>(*day, path_of(*day));
  TRY_ASSIGN(const Index index, open_index(window->folder(), *day, notes));
  window->set_summary(index.summary());
  windows_[*day] = window;
  return {};
}

std::vector<WindowPtr> Catalog::all() const {
  const std::scoped_lock lock(mutex_);
  std::vector<WindowPtr> windows;
  windows.reserve(windows_.size());
  for (const auto& [day, window] : windows_) {
    windows.push_back(window);
  }
  return windows;
}

WindowPtr Catalog::find(std::uint32_t day) const {
  const std::scoped_lock lock(mutex_);
  const auto found = windows_.find(day);
  return found == windows_.end() ? nullptr : found->second;
}

Result<WindowPtr> Catalog::find_or_create(std::uint32_t day) {
  WindowPtr window = find(day);
  if (window == nullptr) {
    window = std::make_shared<Window>(day, path_of(day));
    TRY(make_folder(window->folder()));
    const std::scoped_lock lock(mutex_);
    windows_[day] = window;
  }
  return window;
}

Result<void> Catalog::remove(Window& window) {
  const std::string doomed =
      folder_ + "/" + std::string(k_removed_prefix) + window_name(window.day());
  TRY(remove_folder(doomed));
  if (std::rename(window.folder().c_str(), doomed.c_str()) != 0) {
    return io_error("rename", window.folder());
  }
  window.set_removed();
  {
    const std::scoped_lock lock(mutex_);
    windows_.erase(window.day());
  }
  TRY(sync_folder(folder_));
  return remove_folder(doomed);
}

std::string Catalog::path_of(std::uint32_t day) const {
  return folder_ + "/" + window_name(day);
}

}  // namespace kprofefe::store
