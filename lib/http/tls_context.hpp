// SPDX-License-Identifier: MIT
#pragma once

#include <curl/curl.h>

#include <string_view>

namespace kprofefe::http {

/// For CURLOPT_SSL_CTX_FUNCTION: `context` is OpenSSL's SSL_CTX. A peer that
/// closes the connection without TLS's close_notify ends its answer as over
/// plain TCP; whether that is whole is for its length or its content to say. A
/// server that is verified must have Subject Alternative Names in its
/// certificate: libcurl would take the Common Name in their place, Go does not
/// (RFC 9525, 2).
CURLcode prepare_tls_context(CURL* easy, void* context, void* unused);

/// Whether libcurl's text of a failure says that there are no such names.
bool is_about_legacy_name(std::string_view curl_text);

}  // namespace kprofefe::http
