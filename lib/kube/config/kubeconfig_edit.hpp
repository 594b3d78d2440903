// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <map>
#include <string>

namespace kprofefe::kube {

/// Keys of auth-provider.config and their new values.
using ProviderFields = std::map<std::string, std::string>;

/// The kubeconfig `text` with these fields of the auth-provider of `user`
/// replaced or added; all else stays letter by letter, comments too. Errors:
/// config, when the place cannot be found for certain.
Result<std::string> edit_provider(const std::string& text,
                                  const std::string& user,
                                  const ProviderFields& fields);

/// Whether save_provider() will find the place for these fields, may write the
/// file and can have its lock: to be called before anything is spent on
/// getting their values. Errors: io, config.
Result<void> can_save_provider(const std::string& file, const std::string& user,
                               const ProviderFields& fields);

/// The same in the file, in one step and under the lock that kubectl takes
/// (FILE.lock). Errors: io, config.
Result<void> save_provider(const std::string& file, const std::string& user,
                           const ProviderFields& fields);

}  // namespace kprofefe::kube
