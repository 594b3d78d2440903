// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "collect/target_access.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace kprofefe::cmd {

/// The heading of these flags in `--help`.
inline constexpr const char* k_target_group =
    "Pods behind TLS (profefe.com/scheme: https) or a login";

/// How pods behind TLS or a login are reached, as it was typed.
struct TargetFlags {
  std::string ca_file;
  std::string server_name;
  bool insecure = false;
  std::vector<std::string> headers;  ///< `Name: value`
  std::string token_file;
  std::string token_variable;
  bool token_insecure = false;   ///< over plain HTTP, too
  bool allow_local_ips = false;  ///< pods at 127.0.0.1, 169.254.0.0/16 ...
};

void add_target_flags(CLI::App& app, TargetFlags& flags);

/// Reads the files and the variable that the flags name. Errors: usage, io,
/// config; never with a secret in the message.
Result<collect::TargetAccess> read_target_access(const TargetFlags& flags,
                                                 const Env& env);

}  // namespace kprofefe::cmd
