// SPDX-License-Identifier: MIT
#include "http/certificates.hpp"

#include "http/openssl.hpp"

namespace kprofefe::http {

std::string usable_certificates(const std::string& pem) {
  const Bio text = open_text(pem);
  const Bio usable(BIO_new(BIO_s_mem()), BIO_free);
  bool is_any_broken = false;
  // Each try takes at least a line, so that this ends.
  while (BIO_pending(text.get()) > 0) {
    if (const Certificate one = read_certificate(text)) {
      PEM_write_bio_X509(usable.get(), one.get());
    } else {
      is_any_broken |=
          ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE;
    }
  }
  ERR_clear_error();  // what is left there confuses the next TLS call
  const bool is_any_usable = BIO_pending(usable.get()) > 0;
  return is_any_broken && is_any_usable ? text_in(usable) : pem;
}

}  // namespace kprofefe::http
