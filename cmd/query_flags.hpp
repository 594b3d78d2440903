// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "cli/flag_group.hpp"
#include "profefe/client.hpp"
#include "profefe/labels.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::cmd {

/// Which stored profiles are asked for. Times are read when the command runs.
struct QueryFlags {
  std::string service;
  std::string type;  ///< empty: every type
  profefe::Labels labels;
  std::string from = "24h";
  std::string to = "0m";
  unsigned limit = 0;  ///< 0: all
};

/// Adds all of them but --service and --profile-type, which differ by command.
void add_query_flags(cli::FlagGroup group, QueryFlags& flags);

/// Adds --label. Errors of it: usage.
CLI::Option* add_label_flag(cli::FlagGroup group, profefe::Labels& labels,
                            const char* help);

/// The query, whose times are relative to `now`. Errors: usage, naming the
/// flag.
Result<profefe::ProfileQuery> make_query(const QueryFlags& flags,
                                         SystemTime now);

/// What profiles can be stored as and asked for: Go's kinds, and `other`.
std::vector<std::string_view> profile_type_names();

/// The type, when it is one of them. Errors: usage, with the types.
Result<std::string> read_profile_type(std::string_view type);

}  // namespace kprofefe::cmd
