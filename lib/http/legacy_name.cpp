// SPDX-License-Identifier: MIT
#include "http/legacy_name.hpp"

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

CURLcode refuse_legacy_name(CURL* /*easy*/, void* ssl_context, void* /*user*/) {
  auto* context = static_cast<SSL_CTX*>(ssl_context);
  const int mode = SSL_CTX_get_verify_mode(context);
  if (mode != SSL_VERIFY_NONE) {
    SSL_CTX_set_verify(context, mode, check_name);
  }
  return CURLE_OK;
}

bool is_about_legacy_name(std::string_view curl_text) {
  // Names that differ are libcurl's to find, and it has other words for it.
  return curl_text.contains(
      X509_verify_cert_error_string(X509_V_ERR_HOSTNAME_MISMATCH));
}

}  // namespace kprofefe::http
