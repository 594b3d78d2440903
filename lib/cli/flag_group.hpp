// SPDX-License-Identifier: MIT
#pragma once

#include "base/duration.hpp"
#include "base/number.hpp"
#include "base/result.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::cli {

/// Which sources a flag of a reading command has a meaning for.
struct FlagScope {
  std::string_view what;  ///< `only selects pods`
  bool for_pods = false;
  bool for_service = false;
};

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

/// What a number may be, ends included.
template <typename Number>
struct Range {
  Number least;
  Number most = std::numeric_limits<Number>::max();
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

  /// A value as it is typed.
  CLI::Option* text(const char* names, std::string& into, const char* type,
                    const std::string& help);

  /// A number within a range; help shows what `into` holds when that is within
  /// it, too.
  template <typename Number>
  CLI::Option* number(const char* names, Number& into, Range<Number> range,
                      const char* type, const std::string& help) {
    const auto read = [range](std::string_view text) {
      return parse_number_within<Number>(text, range.least, range.most);
    };
    CLI::Option* const option = parsed(names, into, read, type, help);
    const bool has_default = into >= range.least && into <= range.most;
    return has_default ? option->default_str(fmt::format("{}", into)) : option;
  }

  /// A duration of more than 0; help shows what `into` holds.
  CLI::Option* duration(const char* names, Milliseconds& into,
                        const std::string& help);

  /// A number of bytes, more than 0; help shows what `into` holds.
  CLI::Option* size(const char* names, std::size_t& into,
                    const std::string& help);

  /// A value that `read` makes of what is typed: Result<T>(std::string_view).
  /// Its error is one of usage, behind the flag's name.
  template <typename T, typename Read>
  CLI::Option* parsed(const char* names, T& into, Read read, const char* type,
                      const std::string& help) {
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
                           const char* type, const std::string& help) {
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
                    const char* type, const std::string& help);

  CLI::Option* flag(const char* names, bool& into, const std::string& help);

  /// A flag that sets `into` to false.
  CLI::Option* off(const char* names, bool& into, const std::string& help);

  /// Puts a flag that was added another way under the heading.
  CLI::Option* place(CLI::Option* option);

 private:
  /// The first long one: `--output` of `-o,--output`.
  static std::string long_name(std::string_view names);
  [[noreturn]] static void refuse(const std::string& flag, const Error& error);

  CLI::App& app_;
  std::string heading_;
  ScopedFlags* scoped_ = nullptr;
  const FlagScope* scope_ = nullptr;
};

}  // namespace kprofefe::cli
