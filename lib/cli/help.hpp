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

namespace kprofefe::cli {

/// How `--help` is laid out, for an app and the commands that are added to it
/// later: no line of a description is wider than a terminal. The collector
/// under its own name has no word before its options.
std::shared_ptr<CLI::FormatterBase> help_formatter(bool is_collector);

/// `text` with line ends in place of blanks, so that no line is longer than
/// `width`, save for a word that is.
std::string wrap(std::string_view text, std::size_t width);

/// The heading of flags that many commands share: help leaves them out, and
/// `options` lists them.
inline constexpr const char* k_shared_group = "Shared";

/// Where those flags are, for the end of a help; `what` they are about.
std::string point_to_options(const CLI::App& program, std::string_view what);

}  // namespace kprofefe::cli
