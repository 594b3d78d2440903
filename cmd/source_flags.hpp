// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/capture_flags.hpp"
#include "cmd/query_flags.hpp"

#include "base/env.hpp"
#include "base/result.hpp"
#include "cli/flag_group.hpp"
#include "http/url.hpp"
#include "source/load.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kprofefe::cmd {

/// Where the reading commands have their profiles from, beside the words:
/// a query of profefe, or a selection of pods.
struct SourceFlags {
  CaptureFlags live;  ///< which pods, and how to fetch from them
  std::optional<profefe::ServerAddress> server;
  std::string authorization;  ///< of that server
  QueryFlags query;           ///< all but its type
  bool sum = false;           ///< see source::Aggregation
  bool average = false;
  bool saves = true;                 ///< what is captured from pods
  std::string profile_type = "cpu";  ///< of pods and of the query
  bool has_rows = false;             ///< the command has --nodecount
  cli::ScopedFlags scoped;
};

/// What a command reads, of which every word and flag has been understood.
struct ReadInputs {
  source::ReadRequest request;
  source::Input input;
  std::vector<source::Source> base;  ///< to compare with; may be empty
  bool saves = true;                 ///< what is captured from pods
};

/// Adds every flag of them; the words are the command's own.
void add_source_flags(CLI::App& app, SourceFlags& flags);

/// What `SOURCE` may be, for the help of a command.
extern const char* const k_source_help;

/// For users who type `-n 20` and mean rows, as in `go tool pprof`: `; for the
/// number of rows use -r 20`. Else empty.
std::string hint_of_rows(const SourceFlags& flags);

/// Whether the flags say by themselves what to read.
bool selects_by_flags(const SourceFlags& flags);

/// That a command which takes another word first, as REGEX, was not given its
/// source in place of it: there is a file of that name, and no source. Errors:
/// usage.
Result<void> check_regex_is_no_source(const SourceFlags& flags,
                                      std::span<const std::string> words,
                                      const std::string& regex);

/// What the words name, or else what the flags select. Errors: usage (words and
/// flags both select, or none does; a word is no source; a flag has no meaning
/// for any of the sources), not_found, and as complete() of CaptureFlags.
Result<ReadInputs> complete(const SourceFlags& flags,
                            std::span<const std::string> words,
                            std::span<const std::string> base, const Env& env);

/// The pods that the flags select, of the namespace if they select none: none
/// is asked yet. Errors: usage, as complete() of CaptureFlags.
Result<ReadInputs> complete_pods(const SourceFlags& flags, const Env& env);

}  // namespace kprofefe::cmd
