// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kprofefe::kube {

/// A PEM text that an entry of a kubeconfig has in base64, or in a file.
struct PemField {
  std::string_view name;  ///< the field for a file; `-data` makes the other
  const std::string& file;
  const std::string& data;
  std::string_view entry;  ///< `cluster "x" in FILE`
  Result<void> (*check)(std::string_view pem, std::string_view what);
};

/// The text; empty when the entry has neither. Errors: config.
Result<std::string> read_pem(const PemField& field);

}  // namespace kprofefe::kube
