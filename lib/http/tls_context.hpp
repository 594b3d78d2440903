// SPDX-License-Identifier: MIT
#pragma once

#include <curl/curl.h>

namespace kprofefe::http {

/// For CURLOPT_SSL_CTX_FUNCTION: `context` is OpenSSL's SSL_CTX. A peer that
/// closes the connection without TLS's close_notify ends its answer as over
/// plain TCP; whether that is whole is for its length or its content to say.
/// Also as refuse_legacy_name().
CURLcode prepare_tls_context(CURL* easy, void* context, void* unused);

}  // namespace kprofefe::http
