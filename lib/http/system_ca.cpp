// SPDX-License-Identifier: MIT
#include "http/system_ca.hpp"

#include <unistd.h>

#include <array>
#include <cstdlib>

namespace kprofefe::http {
namespace {

constexpr std::array k_candidates = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
};

std::string find_system_ca_file() {
  const char* named = std::getenv("SSL_CERT_FILE");
  if (named != nullptr && *named != 0) {
    return named;
  }
  for (const char* path : k_candidates) {
    if (::access(path, R_OK) == 0) {
      return path;
    }
  }
  return {};
}

}  // namespace

const std::string& system_ca_file() {
  static const std::string path = find_system_ca_file();
  return path;
}

}  // namespace kprofefe::http
