// SPDX-License-Identifier: MIT
#include "http/tls_context.hpp"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

namespace kprofefe::http {
namespace {

/// Called for each certificate of the chain, the server's own last.
int check_name(int is_verified, X509_STORE_CTX* chain) {
  if (is_verified != 1 || X509_STORE_CTX_get_error_depth(chain) != 0) {
    return is_verified;
  }
  const X509* own = X509_STORE_CTX_get_current_cert(chain);
  constexpr int k_from_the_first = -1;
  if (X509_get_ext_by_NID(own, NID_subject_alt_name, k_from_the_first) >= 0) {
    return 1;
  }
  X509_STORE_CTX_set_error(chain, X509_V_ERR_HOSTNAME_MISMATCH);
  return 0;
}

}  // namespace

CURLcode prepare_tls_context(CURL* /*easy*/, void* context, void* /*unused*/) {
  auto* const tls = static_cast<SSL_CTX*>(context);
  SSL_CTX_set_options(tls, SSL_OP_IGNORE_UNEXPECTED_EOF);
  const int mode = SSL_CTX_get_verify_mode(tls);
  if (mode != SSL_VERIFY_NONE) {
    SSL_CTX_set_verify(tls, mode, check_name);
  }
  return CURLE_OK;
}

bool is_about_legacy_name(std::string_view curl_text) {
  // Names that differ are libcurl's to find, and it has other words for it.
  return curl_text.contains(
      X509_verify_cert_error_string(X509_V_ERR_HOSTNAME_MISMATCH));
}

}  // namespace kprofefe::http
