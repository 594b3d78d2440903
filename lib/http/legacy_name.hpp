// SPDX-License-Identifier: MIT
#pragma once

#include <curl/curl.h>

#include <string_view>

namespace kprofefe::http {

/// For CURLOPT_SSL_CTX_FUNCTION: a server that is verified must have Subject
/// Alternative Names in its certificate. libcurl would take the Common Name in
/// their place, Go does not (RFC 9525, 2).
CURLcode refuse_legacy_name(CURL* easy, void* ssl_context, void* user);

/// Whether libcurl's text of a failure comes of that.
bool is_about_legacy_name(std::string_view curl_text);

}  // namespace kprofefe::http
