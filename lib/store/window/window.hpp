// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "store/index/index.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::store {

/// The UTC day of a time, counted from 1970; of one before it, 0.
std::uint32_t window_at(SystemTime time);

/// `2026-11-30`, the name of the window's folder.
std::string window_name(std::uint32_t day);

/// Nothing when it is the name of none.
std::optional<std::uint32_t> parse_window_name(std::string_view name);

/// What all threads know of a window.
class Window {
 public:
  Window(std::uint32_t day, std::string folder)
      : day_(day), folder_(std::move(folder)) {}

  [[nodiscard]] std::uint32_t day() const { return day_; }

  [[nodiscard]] const std::string& folder() const { return folder_; }

  [[nodiscard]] Summary summary() const {
    const std::scoped_lock lock(mutex_);
    return summary_;
  }

  void set_summary(const Summary& summary) {
    const std::scoped_lock lock(mutex_);
    summary_ = summary;
  }

  /// Shared by who uses the index; who replaces it, or removes the window, has
  /// it alone.
  [[nodiscard]] std::shared_mutex& use() const { return use_; }

  /// Of who has use() in either way.
  [[nodiscard]] bool is_removed() const { return is_removed_; }

  /// Of who has use() alone.
  void set_removed() { is_removed_ = true; }

 private:
  std::uint32_t day_;
  std::string folder_;
  mutable std::mutex mutex_;
  Summary summary_;
  mutable std::shared_mutex use_;
  bool is_removed_ = false;
};

using WindowPtr = std::shared_ptr<Window>;

}  // namespace kprofefe::store
