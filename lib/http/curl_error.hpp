// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <curl/curl.h>

namespace kprofefe::http {

/// A failed transfer as our Error. `detail` is libcurl's error buffer and
/// `os_error` the errno of a failed connect (0: none).
Error describe_curl_error(CURLcode code, const char* detail, long os_error);

}  // namespace kprofefe::http
