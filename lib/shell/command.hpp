// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"
#include "base/result.hpp"
#include "pprof/profile.hpp"
#include "shell/settings.hpp"
#include "view/options.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::shell {

/// A line that asks for a report.
struct Command {
  std::string name;      ///< `top`
  std::string argument;  ///< of list, peek and weblist
  view::Options options;
  std::string output;  ///< a file; empty: standard output
};

/// Reads `top10 main -runtime -cum >file`: what it says holds for this report
/// alone. Errors: usage, in pprof's words.
Result<Command> parse_command(std::string_view line, const Settings& settings);

/// The names of all commands that make a report, sorted.
std::vector<std::string_view> report_names();

/// What the command makes, in a line; empty: no such command.
std::string_view summary_of(std::string_view name);

/// The same, and how it is used.
std::string describe_report(std::string_view name);

/// Whether its output is a file's, binary or for another program, and not for a
/// terminal.
bool is_for_file(std::string_view name);

/// Whether it is not text, but shown in a browser.
bool opens_page(std::string_view name);

/// A report, and what may surprise about it.
struct Report {
  Producer write;
  std::vector<std::string> warnings;
};

/// Makes it of a profile as pprof::prepare() left it. Errors: usage (an
/// expression), not_found (no function matches).
Result<Report> make_report(const Command& command, pprof::Profile profile);

}  // namespace kprofefe::shell
