// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace kprofefe::http {

/// False when the first certificate and the first key in these PEM texts do not
/// belong together. What cannot be read, and what has no check, is for the TLS
/// library to judge: true.
bool is_key_pair(const std::string& cert_pem, const std::string& key_pem);

}  // namespace kprofefe::http
