// SPDX-License-Identifier: MIT
#include "kube/auth/auth_provider.hpp"

#include "http/pem.hpp"
#include "kube/auth/oidc_credentials.hpp"
#include "kube/auth/pem_field.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::kube {
namespace {

struct Removed {
  std::string_view name;
  std::string_view hint;
};

constexpr std::array k_removed = {
    Removed{"gcp",
            "The gcp auth plugin has been removed. Please use the "
            "\"gke-gcloud-auth-plugin\" kubectl/client-go credential plugin "
            "instead. See https://cloud.google.com/blog/products/"
            "containers-kubernetes/kubectl-auth-changes-in-gke for further "
            "details"},
    Removed{"azure",
            "The azure auth plugin has been removed. Please use the "
            "https://github.com/Azure/kubelogin kubectl/client-go credential "
            "plugin instead. See https://kubernetes.io/docs/reference/"
            "access-authn-authz/authentication/#client-go-credential-plugins "
            "for further details"},
};

std::string field_of(const AuthProvider& provider, std::string_view key) {
  const auto found = provider.config.find(key);
  return found == provider.config.end() ? "" : found->second;
}

Result<void> check_provider(const AuthProvider& provider) {
  for (const Removed& removed : k_removed) {
    if (provider.name == removed.name) {
      return fail(ErrorKind::config, std::string(removed.hint));
    }
  }
  if (provider.name != "oidc") {
    return fail(
        ErrorKind::config,
        fmt::format("no Auth Provider found for name \"{}\"", provider.name));
  }
  for (const char* key : {"idp-issuer-url", "client-id"}) {
    if (field_of(provider, key).empty()) {
      return fail(ErrorKind::config, fmt::format("Must provide {}", key));
    }
  }
  return {};
}

}  // namespace

Result<std::shared_ptr<CredentialSource>> auth_provider_credentials(
    const ChosenContext& chosen, const Env& env) {
  const AuthProvider& provider = *chosen.user.auth_provider;
  const std::string where = chosen.user_source();
  const Result<void> known = check_provider(provider);
  if (!known) {
    return std::unexpected(known.error().with_context(where));
  }
  TRY_ASSIGN(std::string ca,
             read_pem({"idp-certificate-authority",
                       field_of(provider, "idp-certificate-authority"),
                       field_of(provider, "idp-certificate-authority-data"),
                       where, http::check_certificates}));
  return std::make_shared<OidcCredentials>(
      OidcCredentials::Settings{.provider = provider,
                                .user = chosen.context.user,
                                .file = chosen.user.file,
                                .ca_pem = std::move(ca),
                                .env = env});
}

}  // namespace kprofefe::kube
