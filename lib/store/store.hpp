// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "async/workers.hpp"
#include "base/env.hpp"
#include "base/result.hpp"
#include "store/options.hpp"
#include "store/stored_profile.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kprofefe::store {

/// What a window of one day was, when it was removed.
struct Removed {
  std::string window;  ///< `2026-11-30`
  std::uint64_t profiles = 0;
  std::uint64_t bytes = 0;
  bool was_over_size = false;  ///< else: too old
};

struct Usage {
  std::uint64_t profiles = 0;
  std::uint64_t bytes = 0;  ///< of the folder
};

/// Profiles in a folder: a folder for each day, in it segments of profiles, one
/// after the other, and an index of them that can be made anew. Every call may
/// be made at any time, from the loop's thread; the work is done on others. A
/// profile that put() has answered for survives a loss of power. Must outlive
/// its tasks.
class Store {
 public:
  /// Makes the folder, cuts what was half written, and brings indexes up to
  /// date. What it had to mend is in `notes`, a line each. Errors: io; usage,
  /// when another process has opened the folder.
  static Result<std::unique_ptr<Store>> open(const std::string& folder,
                                             const Options& options,
                                             std::vector<std::string>& notes);

  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store();

  /// Stores it, once: of bytes that are there already, the same day or the day
  /// before, it yields what is stored. Errors: io, and then is_full() says
  /// whether it was for want of space.
  async::Task<Result<StoredProfile>> put(NewProfile profile);

  /// Whether the last put() found no space left on the disk.
  [[nodiscard]] bool is_full() const;

  /// By created_at, the oldest first.
  async::Task<Result<std::vector<StoredProfile>>> find(Query query);

  /// Errors: not_found.
  async::Task<Result<StoredProfile>> describe(ProfileId id);

  /// The bytes that were stored. Errors: not_found; malformed, when the disk
  /// has damaged them.
  async::Task<Result<std::string>> read(ProfileId id);

  /// Names that have a profile, sorted.
  async::Task<Result<std::vector<std::string>>> services();

  async::Task<Result<Usage>> usage();

  /// Removes the windows that the options no longer allow, by whole days.
  async::Task<Result<std::vector<Removed>>> remove_expired(SystemTime now);

 private:
  struct Impl;

  explicit Store(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace kprofefe::store
