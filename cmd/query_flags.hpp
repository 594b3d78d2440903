// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/flag_group.hpp"

#include "base/env.hpp"
#include "base/result.hpp"
#include "profefe/client.hpp"
#include "profefe/labels.hpp"

#include <string>
#include <string_view>

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
void add_query_flags(FlagGroup group, QueryFlags& flags);

/// Adds --label. Errors of it: usage.
CLI::Option* add_label_flag(FlagGroup group, profefe::Labels& labels,
                            const char* help);

/// The query, whose times are relative to `now`. Errors: usage, naming the
/// flag.
Result<profefe::ProfileQuery> make_query(const QueryFlags& flags,
                                         SystemTime now);

/// The type, when profefe knows it. Errors: usage, with the types.
Result<std::string> read_profile_type(std::string_view type);

}  // namespace kprofefe::cmd
