// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "store/window/window.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::store {

/// The windows of a store. Usable by all threads; one alone adds and removes.
class Catalog {
 public:
  explicit Catalog(std::string folder) : folder_(std::move(folder)) {}

  Catalog(const Catalog&) = delete;
  Catalog& operator=(const Catalog&) = delete;
  ~Catalog() = default;

  /// Finds the windows in the folder, mends what was half done, and opens each
  /// index once; what was mended is added to `notes`. Errors: io.
  Result<void> load(std::vector<std::string>& notes);

  /// The oldest first.
  [[nodiscard]] std::vector<WindowPtr> all() const;

  /// Null: there is none.
  [[nodiscard]] WindowPtr find(std::uint32_t day) const;

  /// The window, made if need be. Errors: io.
  Result<WindowPtr> find_or_create(std::uint32_t day);

  /// Removes a window and its folder at once, even if we are killed; of who has
  /// its use() alone. Errors: io.
  Result<void> remove(Window& window);

 private:
  /// The folder of that name, if it is one of ours. Errors: io.
  Result<void> load(const std::string& name, std::vector<std::string>& notes);
  [[nodiscard]] std::string path_of(std::uint32_t day) const;

  std::string folder_;
  mutable std::mutex mutex_;
  std::map<std::uint32_t, WindowPtr> windows_;
};

}  // namespace kprofefe::store
