// SPDX-License-Identifier: MIT
#include "http/tls_context.hpp"

#include "http/legacy_name.hpp"

#include <openssl/ssl.h>

namespace kprofefe::http {

CURLcode prepare_tls_context(CURL* easy, void* context, void* unused) {
  SSL_CTX_set_options(static_cast<SSL_CTX*>(context),
                      SSL_OP_IGNORE_UNEXPECTED_EOF);
  return refuse_legacy_name(easy, context, unused);
}

}  // namespace kprofefe::http
