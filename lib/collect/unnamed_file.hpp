// SPDX-License-Identifier: MIT
#pragma once

#include "base/fd.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace kprofefe::collect {

/// A file of a folder that gets its name when it is complete, and is gone when
/// it never does. Where a call fails, errno has the reason.
class UnnamedFile {
 public:
  enum class Kind : std::uint8_t {
    /// O_TMPFILE: not even a process that is killed leaves it. Not every file
    /// system has such files.
    anonymous,
    /// `.profefe-<pid>-<n>.partial`, locked as long as its process lives, for
    /// remove_leftovers().
    hidden,
  };

  /// Open for writing, mode 0600; `folder` must stay open.
  static std::optional<UnnamedFile> create(int folder, Kind kind);

  UnnamedFile(UnnamedFile&& other) noexcept;
  UnnamedFile& operator=(UnnamedFile&&) = delete;
  UnnamedFile(const UnnamedFile&) = delete;
  UnnamedFile& operator=(const UnnamedFile&) = delete;
  ~UnnamedFile();

  [[nodiscard]] int fd() const { return file_.get(); }

  /// Whether the file system took what was written: some say no (a quota) only
  /// when a descriptor is closed.
  [[nodiscard]] bool flush() const;

  /// False also when the name is taken (EEXIST): nothing is ever replaced.
  bool give_name(const std::string& name);

 private:
  UnnamedFile(int folder, Fd file, std::string hidden_name);

  int folder_;
  Fd file_;
  std::string hidden_name_;  ///< empty: anonymous, or named
};

/// Removes the hidden files of processes that are gone; never those of one that
/// lives, also where it is on another machine or in another container.
void remove_leftovers(int folder);

}  // namespace kprofefe::collect
