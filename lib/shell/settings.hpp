// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "view/options.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::shell {

/// What assignments such as `focus=main` set for all reports of a shell, by the
/// names of `go tool pprof` (its driver.config).
class Settings {
 public:
  /// Headers are short from the start, as in pprof's shell.
  explicit Settings(view::Options options);

  /// Whether it is a setting, or a value of `granularity` or `sort`, such as
  /// `lines`.
  static bool knows(std::string_view name);

  /// Whether its name alone sets it to true.
  static bool is_switch(std::string_view name);

  /// What it does, in a line; empty: it is no setting.
  static std::string_view help(std::string_view name);

  /// What `lines` and other values that are chosen are short for; empty: it is
  /// none.
  static std::string describe_choice(std::string_view name);

  /// The values that may stand for their setting, as `lines` and `cum`.
  static std::vector<std::string_view> choices();

  /// Their names, sorted.
  static std::vector<std::string_view> names();

  /// Errors: usage.
  Result<void> assign(std::string_view name, std::string_view value);

  /// All with their values, a line each, as pprof's `options` prints them.
  /// `types`: of the profile's samples, the one of `shown` being shown.
  [[nodiscard]] std::string list(std::span<const std::string> types,
                                 std::size_t shown) const;

  [[nodiscard]] const view::Options& options() const { return options_; }

  /// The file that reports are written to; empty: standard output.
  [[nodiscard]] const std::string& output() const { return output_; }

 private:
  struct Setting;
  struct Assignment;
  static std::span<const Setting> all();
  static const Setting* find(std::string_view name);
  [[nodiscard]] std::string value_of(const Setting& setting) const;
  Result<void> choose(std::string_view name, std::string_view choice);

  view::Options options_;
  std::string output_;
  bool has_granularity_ = false;
  // Accepted for those who know pprof, without effect: nothing is
  // disassembled, and the base is subtracted already.
  bool intel_syntax_ = false;
  bool normalize_ = false;
};

}  // namespace kprofefe::shell
