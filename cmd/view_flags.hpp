// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/streams.hpp"

#include "base/env.hpp"
#include "base/result.hpp"
#include "view/options.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace kprofefe::cmd {

// How a profile is looked at. Names and meanings of these flags are those of
// `go tool pprof`, with dashes; they are read into the options, which must live
// as long as the command.

/// Which value is shown, and in which unit.
void add_value_flags(CLI::App& app, view::Options& options,
                     bool with_mean = true);

/// Which samples and frames count.
void add_filter_flags(CLI::App& app, view::Options& options);

/// Of these the expressions alone, for what is no view.
void add_filter_expressions(CLI::App& app, pprof::Filters& filters);

/// Labels that become frames; part of the filters of a view.
void add_label_frame_flags(CLI::App& app, pprof::LabelFrames& frames);

/// What a row is, how many there are and in which order. As `go tool pprof`,
/// every view takes all of them; the help has those that change a report of
/// that kind.
void add_row_flags(CLI::App& app, view::Options& options,
                   view::ReportKind kind);

/// Of these what a row (or a frame) is, under that heading of the help.
void add_granularity_flags(CLI::App& app, view::Options& options,
                           const char* heading);

/// Where source files are.
void add_source_path_flags(CLI::App& app, view::Options& options);

/// Where Go keeps them, by the environment and the current folder.
void find_go_sources(const Env& env, view::Options& options);

/// What a profile is compared with.
struct BaseFlags {
  std::vector<std::string> base;       ///< sources
  std::vector<std::string> diff_base;  ///< sources
  bool normalize = false;
};

void add_base_flags(CLI::App& app, BaseFlags& flags);

/// The last base, which alone counts; a note says so when there are several.
/// Empty, when there is none.
std::vector<std::string> last_base(const BaseFlags& flags, Streams& streams);

/// For people, who want units, or for programs, which want what the profile
/// has.
enum class ShownAs : std::uint8_t { text, data };

/// That the filters can be read, and no flag shapes values for programs: before
/// anybody waits for a profile. Errors: usage.
Result<void> check(const view::Options& options, ShownAs shown);

/// That at most one base is given, and one where it is needed. Errors: usage.
Result<void> check(const BaseFlags& flags);

}  // namespace kprofefe::cmd
