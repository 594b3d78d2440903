// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace CLI {
class App;
class FormatterBase;
}  // namespace CLI

namespace kprofefe::cmd {

/// How `--help` is laid out, for an app and the commands that are added to it
/// later: no line of a description is wider than a terminal. The collector
/// under its own name has no word before its options.
std::shared_ptr<CLI::FormatterBase> help_formatter(bool is_collector);

/// `text` with line ends in place of blanks, so that no line is longer than
/// `width`, save for a word that is.
std::string wrap(std::string_view text, std::size_t width);

/// What the exit codes of one command mean; empty: it has no such code.
struct ExitCodeTexts {
  std::string_view ok;
  std::string_view failed;
  std::string_view partial;
  std::string_view interrupted = "interrupted";
};

/// The heading of flags that many commands share: help leaves them out, and
/// `options` lists them.
inline constexpr const char* k_shared_group = "Shared";

/// What they are about, of commands that fetch from pods.
inline constexpr std::string_view k_all_shared =
    "cluster, credentials, TLS and login of pods, limits of fetching";

/// Where those flags are, for the end of a help; `what` they are about.
std::string point_to_options(const CLI::App& program, std::string_view what);

/// A paragraph of `--help` about them; 2 is wrong usage everywhere.
std::string list_exit_codes(const ExitCodeTexts& words);

}  // namespace kprofefe::cmd
