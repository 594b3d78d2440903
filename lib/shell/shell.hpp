// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"
#include "base/result.hpp"
#include "pprof/profile.hpp"
#include "shell/command.hpp"
#include "shell/settings.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::shell {

/// Where a shell prints.
class Screen {
 public:
  virtual ~Screen() = default;

  /// Results. Errors: io, reader_gone.
  virtual Result<void> print(const Producer& produce) = 0;

  /// Writes a file, atomically. Errors: io.
  virtual Result<void> save(const std::string& path,
                            const Producer& produce) = 0;

  /// A message, for standard error as in pprof.
  virtual void say(std::string_view line) = 0;

  /// Shows in a browser what `web` or `weblist` asks for. Errors: any.
  virtual Result<void> open_page(const Command& command) = 0;

  /// Whether print() is for a person: bytes are then for a file.
  [[nodiscard]] virtual bool is_terminal() const = 0;
};

/// The interactive mode of `go tool pprof` over one profile: reports,
/// assignments that later reports obey, help.
class Shell {
 public:
  /// `profile` as pprof::prepare() left it. Both pointers must outlive the
  /// shell.
  Shell(const pprof::Profile* profile, view::Options options, Screen* screen);

  /// Says what the profile is, and how to get help. Errors: malformed.
  Result<void> greet();

  /// Does what a line says; what is wrong with it is told on the screen. False:
  /// it ends the shell. Errors: as Screen::print().
  Result<bool> run(std::string_view line);

  /// What the line may become when its last word is completed: by a command, a
  /// setting or a type of samples, then by expressions for functions, whose
  /// names may begin with something else. Sorted.
  [[nodiscard]] std::vector<std::string> complete(std::string_view line) const;

 private:
  Result<bool> run_one(std::string_view line);
  bool assign(std::string_view line);
  Result<void> assign_value(std::string_view name, std::string_view value);
  Result<void> help(std::string_view about);
  Result<void> report(std::string_view line);
  [[nodiscard]] std::vector<std::string> expand(std::string_view line) const;
  [[nodiscard]] std::vector<std::string> functions_with(
      std::string_view word) const;

  const pprof::Profile* profile_;
  Settings settings_;
  std::vector<std::string> types_;  ///< of the samples
  Screen* screen_;
};

}  // namespace kprofefe::shell
