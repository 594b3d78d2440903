// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/capture_flags.hpp"

#include "base/result.hpp"
#include "view/options.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace kprofefe::cmd {

/// How a profile is looked at, as it was typed. Names and meanings are those
/// of `go tool pprof`, with dashes.
struct ViewFlags {
  view::Options options;
  std::string granularity;
  bool no_trim = false;
  std::vector<std::string> source_folders;  ///< list only
};

/// What a profile is compared with.
struct BaseFlags {
  std::vector<std::string> base;       ///< sources
  std::vector<std::string> diff_base;  ///< sources
  bool normalize = false;
};

/// Which value is shown, and in which unit.
void add_value_flags(CLI::App& app, ViewFlags& flags);

/// Which samples and frames count.
void add_filter_flags(CLI::App& app, ViewFlags& flags);

/// What a row is, how many there are and in which order.
void add_row_flags(CLI::App& app, ViewFlags& flags);

void add_base_flags(CLI::App& app, BaseFlags& flags);

/// `-n` of a command that shows rows of pods' profiles is both: rows, as
/// everybody types it, and kubectl's namespace. A number is rows; a namespace
/// that is a number is given as --namespace. After add_pod_flags.
void add_rows_or_namespace(CLI::App& app, ViewFlags& view, PodFlags& pods);

/// Flags → options, before anybody waits for a profile. Errors: usage.
Result<view::Options> validate(const ViewFlags& flags);

/// That no flag shapes values for people where programs read them: `output` is
/// `table`, or `json` or `csv`, which have what the profile has. Errors: usage.
Result<void> check_shape(const view::Options& options, std::string_view output);

/// That at most one base is given, and one where it is needed. Errors: usage.
Result<void> validate(const BaseFlags& flags);

}  // namespace kprofefe::cmd
