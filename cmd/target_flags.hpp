// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/flag_group.hpp"

#include "base/env.hpp"
#include "base/result.hpp"
#include "collect/target_access.hpp"
#include "http/message.hpp"

#include <string>

namespace kprofefe::cmd {

/// How pods behind TLS or a login are reached, before files and variables are
/// read.
struct TargetFlags {
  std::string ca_file;
  std::string server_name;
  bool insecure = false;
  http::Headers headers;
  std::string token_file;
  std::string token_variable;
  bool token_insecure = false;   ///< over plain HTTP, too
  bool allow_local_ips = false;  ///< pods at 127.0.0.1, 169.254.0.0/16 ...
};

/// Adds the flags; they are in the help only when `is_shown`.
void add_target_flags(CLI::App& app, TargetFlags& flags,
                      ScopedFlags* scoped = nullptr, bool is_shown = false);

/// Reads `Name: value`. Errors: usage, never with the value.
Result<http::Headers> read_headers(const std::vector<std::string>& texts);

/// Reads the files and the variable that the flags name. Errors: usage, io,
/// config; never with a secret in the message.
Result<collect::TargetAccess> read_target_access(const TargetFlags& flags,
                                                 const Env& env);

}  // namespace kprofefe::cmd
