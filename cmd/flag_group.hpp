// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::cmd {

/// Which sources a flag of a reading command has a meaning for.
struct FlagScope {
  std::string_view what;  ///< `only selects pods`
  bool for_pods = false;
  bool for_service = false;
};

/// Of the flags that say how to fetch.
inline constexpr FlagScope k_fetches_from_pods = {
    .what = "only says how to fetch from pods", .for_pods = true};

/// The flags of limited scope that a command has, and which were given.
class ScopedFlags {
 public:
  struct Given {
    std::string name;  ///< as most people type it: `-l`, `--seconds`
    const FlagScope* scope = nullptr;
  };

  /// Both must live as long as the command.
  void watch(const CLI::Option* option, const FlagScope* scope) {
    flags_.emplace_back(option, scope);
  }

  /// In the order of the help. After parsing.
  [[nodiscard]] std::vector<Given> given() const;

 private:
  std::vector<std::pair<const CLI::Option*, const FlagScope*>> flags_;
};

/// For CLI::Option::check(): a variable that is not set in a script must not
/// look like a flag that was not given.
std::string refuse_empty(const std::string& value);

/// Adds flags under one heading of `--help`, whose values are read into typed
/// variables while the command line is parsed. What they are read into must
/// live as long as the command.
class FlagGroup {
 public:
  FlagGroup(CLI::App& app, std::string heading)
      : app_(app), heading_(std::move(heading)) {}

  /// Flags of that scope.
  FlagGroup(CLI::App& app, std::string heading, ScopedFlags* scoped,
            const FlagScope* scope)
      : app_(app),
        heading_(std::move(heading)),
        scoped_(scoped),
        scope_(scope) {}

  /// A value as it is typed, or a number; what `into` holds is the default that
  /// help shows.
  template <typename T>
  CLI::Option* value(const char* names, T& into, const char* type,
                     const char* help) {
    return place(app_.add_option(names, into, help)->type_name(type));
  }

  /// A value that `read` makes of what is typed: Result<T>(std::string_view).
  /// Its error is one of usage, behind the flag's name.
  template <typename T, typename Read>
  CLI::Option* parsed(const char* names, T& into, Read read, const char* type,
                      const char* help) {
    const auto take = [&into, read,
                       flag = long_name(names)](const std::string& text) {
      auto value = read(std::string_view(text));
      if (!value) {
        refuse(flag, value.error());
      }
      into = *std::move(value);
    };
    return place(app_.add_option_function<std::string>(names, take, help)
                     ->type_name(type));
  }

  /// The same for a flag that may be repeated, each time with one value, all of
  /// which `read` gets: Result<T>(const std::vector<std::string>&).
  template <typename T, typename Read>
  CLI::Option* parsed_list(const char* names, T& into, Read read,
                           const char* type, const char* help) {
    const auto take = [&into, read, flag = long_name(names)](
                          const std::vector<std::string>& texts) {
      auto value = read(texts);
      if (!value) {
        refuse(flag, value.error());
      }
      into = *std::move(value);
    };
    return place(
        app_.add_option_function<std::vector<std::string>>(names, take, help)
            ->type_name(type)
            ->allow_extra_args(false));
  }

  /// Values as they are typed, of a flag that may be repeated.
  CLI::Option* list(const char* names, std::vector<std::string>& into,
                    const char* type, const char* help);

  CLI::Option* flag(const char* names, bool& into, const char* help);

  /// A flag that sets `into` to false.
  CLI::Option* off(const char* names, bool& into, const char* help);

  /// Puts a flag that was added another way under the heading.
  CLI::Option* place(CLI::Option* option);

 private:
  /// `--output` of `-o,--output`.
  static std::string long_name(std::string_view names);
  [[noreturn]] static void refuse(const std::string& flag, const Error& error);

  CLI::App& app_;
  std::string heading_;
  ScopedFlags* scoped_ = nullptr;
  const FlagScope* scope_ = nullptr;
};

}  // namespace kprofefe::cmd
