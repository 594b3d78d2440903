// SPDX-License-Identifier: MIT
#include "http/key_pair.hpp"

#include "http/openssl.hpp"

namespace kprofefe::http {

bool is_key_pair(const std::string& cert_pem, const std::string& key_pem) {
  const Certificate cert = read_certificate(open_text(cert_pem));
  const Key key = read_key(open_text(key_pem));
  bool differs = false;
  if (cert && key && X509_check_private_key(cert.get(), key.get()) != 1) {
    const int reason = ERR_GET_REASON(ERR_peek_last_error());
    differs = reason == X509_R_KEY_VALUES_MISMATCH ||
              reason == X509_R_KEY_TYPE_MISMATCH;
  }
  ERR_clear_error();  // what is left there confuses the next TLS call
  return !differs;
}

}  // namespace kprofefe::http
