// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "profefe/client.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace kprofefe::cmd {

/// Which stored profiles are asked for, as it was typed.
struct QueryFlags {
  std::string service;
  std::string type;  ///< empty: every type
  std::vector<std::string> labels;
  std::string from = "24h";
  std::string to = "0m";
  unsigned limit = 0;  ///< 0: all
};

/// Adds all of them but --profile-type, which has defaults of its own, under
/// this heading.
void add_query_flags(CLI::App& app, QueryFlags& flags,
                     const std::string& group);

/// Errors: usage, naming the flag.
Result<profefe::ProfileQuery> make_query(const QueryFlags& flags,
                                         SystemTime now);

/// That profefe knows the type. Errors: usage, with the types.
Result<void> check_profile_type(std::string_view type);

}  // namespace kprofefe::cmd
