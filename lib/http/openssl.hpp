// SPDX-License-Identifier: MIT
#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstddef>
#include <memory>
#include <string>

namespace kprofefe::http {

/// libcrypto's objects with an owner.
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

/// Reads from `text`, which must outlive it.
inline Bio open_text(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())),
          BIO_free};
}

/// What has been written to a memory `bio`.
inline std::string text_in(const Bio& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

/// Nobody is asked for the pass phrase of what is encrypted: to be given where
/// OpenSSL takes a pem_password_cb.
inline int no_pass_phrase(char* /*buffer*/, int /*size*/, int /*writing*/,
                          void* /*data*/) {
  return -1;
}

/// The next certificate or key of the text; null when there is none, and then
/// ERR_peek_last_error() says why.
inline Certificate read_certificate(const Bio& text) {
  return {PEM_read_bio_X509(text.get(), nullptr, no_pass_phrase, nullptr),
          X509_free};
}

inline Key read_key(const Bio& text) {
  return {PEM_read_bio_PrivateKey(text.get(), nullptr, no_pass_phrase, nullptr),
          EVP_PKEY_free};
}

}  // namespace kprofefe::http
