// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"

#include <string>

namespace kprofefe::http {

/// The system's trusted certificates; without any, as in an empty container,
/// all is empty.
struct SystemCa {
  std::string file;   ///< has them all
  std::string pem;    ///< in its place, when they are of several files
  std::string error;  ///< why there are none where the environment has them
};

/// Where Go's crypto/x509 looks: $SSL_CERT_FILE, else the first that exists of
/// where Linux distributions keep it, and what is in the folders of
/// $SSL_CERT_DIR (`a:b`).
SystemCa find_system_ca(const Env& env);

}  // namespace kprofefe::http
