// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace kprofefe {

using SystemTime = std::chrono::system_clock::time_point;

/// What a process sees of its surroundings, as one value, so that tests can
/// fix it. Clocks that measure (deadlines, durations) are not part of it.
struct Env {
  std::map<std::string, std::string, std::less<>> variables;
  /// The folder that holds /var/run/secrets, "" for the real root.
  std::string root;
  SystemTime (*now)() = std::chrono::system_clock::now;

  /// The process's real environment.
  static Env of_process();

  /// A variable's value; nothing when it is unset or empty.
  [[nodiscard]] std::optional<std::string> get(std::string_view name) const;

  /// The user's home folder by $HOME; empty when there is none.
  [[nodiscard]] std::string home() const { return get("HOME").value_or(""); }
};

}  // namespace kprofefe
