// SPDX-License-Identifier: MIT
#include "kube/auth/certificate_files.hpp"

#include "base/file.hpp"
#include "http/key_pair.hpp"
#include "http/pem.hpp"

#include <utility>

namespace kprofefe::kube {
namespace {

constexpr std::chrono::seconds k_lifetime{1};

/// Whether the API server could be shown these.
bool is_usable(const std::string& cert_pem, const std::string& key_pem) {
  return http::check_certificates(cert_pem, "") &&
         http::check_private_key(key_pem, "") &&
         http::is_key_pair(cert_pem, key_pem);
}

}  // namespace

CertificateFiles::CertificateFiles(Settings settings)
    : settings_(std::move(settings)),
      tls_(settings_.tls),
      read_at_(settings_.clock()) {}

void CertificateFiles::read() {
  read_at_ = settings_.clock();
  const Result<std::string> cert = read_file(settings_.cert_file);
  const Result<std::string> key_file = read_file(settings_.key_file);
  if (!cert || !key_file) {
    return;
  }
  std::string key = http::normal_private_key(*key_file);
  const bool is_new =
      *cert != tls_->client_cert_pem || key != tls_->client_key_pem;
  if (!is_new || !is_usable(*cert, key)) {
    return;
  }
  auto tls = std::make_shared<http::Tls>(*tls_);
  tls->client_cert_pem = *cert;
  tls->client_key_pem = std::move(key);
  tls_ = std::move(tls);
}

async::Task<Result<Credential>> CertificateFiles::current(Access access) {
  CO_TRY_ASSIGN(Credential credential,
                co_await settings_.others->current(access));
  if (settings_.clock() - read_at_ >= k_lifetime) {
    read();
  }
  credential.tls = tls_;
  co_return credential;
}

async::Task<Result<bool>> CertificateFiles::renew(Access access,
                                                  Credential rejected) {
  read();
  const bool replaced = tls_ != rejected.tls;
  const Result<bool> renewed =
      co_await settings_.others->renew(access, std::move(rejected));
  co_return replaced ? Result<bool>(true) : renewed;
}

}  // namespace kprofefe::kube
