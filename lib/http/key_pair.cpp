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

std::string key_to_pem(std::string_view der) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  const Key key(
      d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(der.size())),
      EVP_PKEY_free);
  const Bio pem(BIO_new(BIO_s_mem()), BIO_free);
  std::string text;
  if (key &&
      PEM_write_bio_PKCS8PrivateKey(pem.get(), key.get(), nullptr, nullptr, 0,
                                    no_pass_phrase, nullptr) == 1) {
    text = text_in(pem);
  }
  ERR_clear_error();  // what is left there confuses the next TLS call
  return text;
}

}  // namespace kprofefe::http
