// SPDX-License-Identifier: MIT
#pragma once

#include "async/shared_run.hpp"
#include "base/env.hpp"
#include "kube/auth/credentials.hpp"
#include "kube/config/kubeconfig.hpp"

#include <memory>
#include <string>

namespace kprofefe::kube {

/// The auth-provider `oidc` (client-go's plugin/pkg/client/auth/oidc): its
/// id-token while that is valid, else a new one from the issuer for the
/// refresh-token. New tokens are written back to the kubeconfig before they are
/// used, because many issuers take a refresh token only once.
class OidcCredentials final : public CredentialSource {
 public:
  struct Settings {
    AuthProvider provider;
    std::string user;  ///< the entry's name, and the kubeconfig that has it
    std::string file;
    std::string ca_pem;  ///< the issuer's; empty: the system's certificates
    Env env;
  };

  explicit OidcCredentials(Settings settings);

  async::Task<Result<Credential>> current(Access access) override;
  async::Task<Result<bool>> renew(Access access, Credential rejected) override;

 private:
  [[nodiscard]] std::string field(std::string_view key) const;
  async::Task<Result<void>> refresh(Access access);
  async::Task<Result<std::string>> token_endpoint(Access access);
  async::Task<Result<http::Response>> post(Access access, std::string url,
                                           bool secret_in_body);
  async::Task<Result<http::Response>> ask_issuer(Access access);
  Result<void> keep(const http::Response& response);
  [[nodiscard]] Error not_reached(Error error) const;
  [[nodiscard]] http::Request request(const Access& access,
                                      std::string url) const;

  Settings settings_;
  std::shared_ptr<const http::Tls> tls_;
  async::SharedRun run_;
};

/// When a JWT expires (its claim `exp`); 1970 without one. Errors: config, when
/// it is none.
Result<SystemTime> jwt_expiry(std::string_view token);

}  // namespace kprofefe::kube
