// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace kprofefe::http {

/// The file with the system's trusted certificates: $SSL_CERT_FILE, else the
/// first that exists of where Linux distributions keep it (the list of Go's
/// crypto/x509); empty when there is none, as in an empty container.
const std::string& system_ca_file();

}  // namespace kprofefe::http
