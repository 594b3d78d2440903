// SPDX-License-Identifier: MIT
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>

namespace kprofefe::http {

/// libcurl's parsed URL with an owner.
using CurlUrl = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

inline CurlUrl new_curl_url() {
  return {curl_url(), curl_url_cleanup};
}

/// Sets the whole URL, or what a relative one changes of it.
inline CURLUcode set_url(const CurlUrl& url, std::string_view text,
                         unsigned flags = 0) {
  return curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(),
                      flags);
}

/// One part of a parsed URL; empty when the URL has none.
inline std::string url_part(const CurlUrl& url, CURLUPart which,
                            unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) {
    return {};
  }
  std::string copy(text);
  curl_free(text);
  return copy;
}

}  // namespace kprofefe::http
