// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/command.hpp"
#include "cmd/profile_sources.hpp"
#include "cmd/view_flags.hpp"

#include "view/prepare.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kprofefe::cmd {

/// What every command that shows a profile takes.
struct ReadFlags {
  std::string regex;  ///< of peek and list
  std::vector<std::string> words;
  SourceFlags sources;
  ViewFlags view;
  BaseFlags base;
  std::string output = "table";
};

/// The sources of the flags as one profile, less their base, without the
/// frames that the profile says nobody wants. Errors: as gather(), usage.
Result<Gathered> read_profile_of(const Context& context,
                                 const ReadFlags& flags);

/// Makes the work of a command that reads profiles, prepares them for a report
/// of that kind and prints what `render` makes of it.
using RenderOf = Result<std::string> (*)(const view::Prepared& prepared,
                                         const ReadFlags& flags);
void show_when_chosen(CLI::App& app, std::shared_ptr<ReadFlags> flags,
                      view::ReportKind kind, RenderOf render, Chosen& chosen);

/// Adds the words and the flags that all of these commands have.
void add_read_flags(CLI::App& app, ReadFlags& flags);

/// The group of these commands in the program's help.
inline constexpr const char* k_read_group = "Read profiles";

}  // namespace kprofefe::cmd
