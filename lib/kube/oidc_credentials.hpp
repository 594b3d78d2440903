// SPDX-License-Identifier: MIT
#pragma once

#include "async/shared_run.hpp"
#include "base/env.hpp"
#include "kube/credentials.hpp"
#include "kube/kubeconfig.hpp"

#include <memory>
#include <string>

namespace kprofefe::kube {

/// The auth-provider `oidc` (client-go's plugin/pkg/client/auth/oidc): its
/// id-token while that is valid, else a new one from the issuer for the
/// refresh-token. New tokens are written back to the kubeconfig before they are
/// used, because many issuers take a refresh token only once.
class OidcCredentials final : public Credentials {
 public:
  struct Settings {
    AuthProvider provider;
    std::string user;  ///< the entry's name, and the kubeconfig that has it
    std::string file;
    std::string ca_pem;  ///< the issuer's; empty: the system's certificates
    Env env;
  };

  explicit OidcCredentials(Settings settings);

  async::Task<Result<Proof>> current(Means means) override;
  async::Task<Result<bool>> renew(Means means, Proof rejected) override;

 private:
  [[nodiscard]] std::string field(std::string_view key) const;
  async::Task<Result<void>> refresh(Means means);
  async::Task<Result<std::string>> token_endpoint(Means means);
  async::Task<Result<http::Response>> post(Means means, std::string url,
                                           bool secret_in_body);
  async::Task<Result<http::Response>> ask_issuer(Means means);
  Result<void> keep(const http::Response& response);
  [[nodiscard]] Error not_reached(Error error) const;
  [[nodiscard]] http::Request request(const Means& means,
                                      std::string url) const;

  Settings settings_;
  std::shared_ptr<const http::Tls> tls_;
  async::SharedRun run_;
};

/// When a JWT expires (its claim `exp`); 1970 without one. Errors: config, when
/// it is none.
Result<SystemTime> jwt_expiry(std::string_view token);

}  // namespace kprofefe::kube
