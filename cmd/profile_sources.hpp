// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/capture_flags.hpp"
#include "cmd/query_flags.hpp"
#include "cmd/streams.hpp"

#include "pprof/profile.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace kprofefe::cmd {

/// The heading of the flags of a query, in `--help`.
inline constexpr const char* k_query_group = "Which profiles of profefe";

/// A flag that was typed, and which sources it has a meaning for.
struct GivenFlag {
  std::string what;  ///< `-n only selects pods`
  bool for_pods = false;
  bool for_service = false;
};

/// Where the reading commands have their profiles from, as it was typed:
/// words (files, `-`, URLs, ids, pods), a query of profefe, or a selection of
/// pods.
struct SourceFlags {
  CaptureFlags live;  ///< which pods, and how to fetch from them
  std::string profefe_hostport;
  QueryFlags query;
  std::string profile_type = "cpu";  ///< of pods and of the query
  std::vector<GivenFlag> given;      ///< see remember_given()
};

/// Adds every flag of them; the words are the command's own.
void add_source_flags(CLI::App& app, SourceFlags& flags);

/// What `SOURCE` may be, for the help of a command.
extern const char* const k_source_help;

/// Profiles that became one.
struct Gathered {
  pprof::Profile profile;
  std::vector<std::string> names;  ///< of what went into it
  bool is_incomplete = false;      ///< something else could not be had
};

/// Reads what the words name, or else what the flags select, and merges it as
/// `go tool pprof` does with several sources. What of a query or of pods could
/// not be had is noted on standard error; that nothing could is an error.
/// Errors: usage, not_found, malformed (no profile, a runtime trace), io,
/// cancelled, and what servers refuse with.
Result<Gathered> gather(const Context& context, const SourceFlags& flags,
                        std::span<const std::string> words);

}  // namespace kprofefe::cmd
