// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "collect/target_access.hpp"
#include "http/message.hpp"

#include <string>
#include <vector>

namespace kprofefe::collect {

/// How pods behind TLS or a login are reached, before files and variables are
/// read.
struct TargetAccessRequest {
  std::string ca_file;
  std::string server_name;
  bool insecure = false;
  http::Headers headers;
  std::string token_file;
  std::string token_variable;
  bool token_insecure = false;   ///< over plain HTTP, too
  bool allow_local_ips = false;  ///< pods at 127.0.0.1, 169.254.0.0/16 ...
};

/// Reads `Name: value`. Errors: usage, never with the value.
Result<http::Headers> read_headers(const std::vector<std::string>& texts);

/// Reads the files and the variable that the flags name. Errors: usage, io,
/// config; never with a secret in the message.
Result<TargetAccess> read_target_access(const TargetAccessRequest& request,
                                        const Env& env);

}  // namespace kprofefe::collect
