// SPDX-License-Identifier: MIT
#pragma once

#include "kube/auth/credentials.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace kprofefe::kube {

/// A client certificate and its key in files that are replaced under us, as
/// kubelet replaces its own: both are looked at again when the last look is a
/// second old (client-go: with every connection, at most once a second), and
/// at once when the server refused us. What does not belong together, as
/// between the two replacements, is left alone. What else there is to show
/// comes from other credentials.
class CertificateFiles final : public CredentialSource {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  struct Settings {
    std::string cert_file;
    std::string key_file;
    /// Has what was read of them first.
    std::shared_ptr<const http::Tls> tls;
    std::shared_ptr<CredentialSource> others;
    Clock clock = std::chrono::steady_clock::now;
  };

  explicit CertificateFiles(Settings settings);

  async::Task<Result<Credential>> current(Access access) override;
  async::Task<Result<bool>> renew(Access access, Credential rejected) override;

 private:
  void read();

  Settings settings_;
  std::shared_ptr<const http::Tls> tls_;
  std::chrono::steady_clock::time_point read_at_;
};

}  // namespace kprofefe::kube
