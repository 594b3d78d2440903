// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"

#include <string>
#include <vector>

namespace kprofefe::web {

/// Parameters of an address that somebody gave a name.
struct NamedSettings {
  std::string name;
  std::string query;  ///< `?f=main&g=lines`
};

/// The named settings of a user, as the Config menu of `go tool pprof -http`
/// has them: $XDG_CONFIG_HOME/kubectl-profefe/settings.json, else ~/.config.
/// Each call reads the file: several pages may be open.
class Settings {
 public:
  explicit Settings(const Env& env);

  /// Empty when there is no file. Errors: io, malformed.
  [[nodiscard]] Result<std::vector<NamedSettings>> list() const;

  /// Adds them, in place of those of the same name. Errors: usage (a name that
  /// is empty or too long), io, malformed.
  [[nodiscard]] Result<void> save(NamedSettings settings) const;

  /// Errors: not_found, io, malformed.
  [[nodiscard]] Result<void> remove(const std::string& name) const;

 private:
  [[nodiscard]] Result<void> write(
      const std::vector<NamedSettings>& settings) const;

  std::string folder_;  ///< empty: there is no home folder
};

}  // namespace kprofefe::web
