// SPDX-License-Identifier: MIT
#include "http/system_ca.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "http/pem.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <array>
#include <filesystem>
#include <system_error>

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

std::string usual_file() {
  for (const char* path : k_candidates) {
    if (::access(path, R_OK) == 0) {
      return path;
    }
  }
  return {};
}

/// All that is in the files of a folder, which need no names of hashes as
/// OpenSSL wants them. A folder that is not there has nothing.
std::string read_folder(const std::string& path) {
  std::string text;
  std::error_code error;
  std::filesystem::directory_iterator files(path, error);
  for (; !error && files != std::filesystem::directory_iterator();
       files.increment(error)) {
    if (const Result<std::string> content = read_file(files->path())) {
      text += *content + "\n";
    }
  }
  return text;
}

}  // namespace

SystemCa find_system_ca(const Env& env) {
  SystemCa ca;
  const auto file = env.get("SSL_CERT_FILE");
  const auto folders = env.get("SSL_CERT_DIR");
  ca.file = file ? *file : usual_file();
  Result<std::string> text = std::string();
  if (!ca.file.empty() && (file || folders)) {
    text = read_file(ca.file);
  }
  if (!text && file) {
    ca.error = fmt::format("SSL_CERT_FILE: {}", text.error().message);
  }
  if (!folders) {
    return ca;
  }
  std::string all;
  for (const std::string_view folder : split(*folders, ':')) {
    all += read_folder(std::string(folder));
  }
  if (!all.empty()) {
    ca.error.clear();
    ca.pem = usable_certificates(text.value_or("") + "\n" + all);
  }
  return ca;
}

}  // namespace kprofefe::http
