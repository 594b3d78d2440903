// SPDX-License-Identifier: MIT
#include "kube/auth/url_user.hpp"

#include "http/url.hpp"
#include "kube/auth/credentials.hpp"

namespace kprofefe::kube {

std::string take_user(std::string& url) {
  const auto scheme = url.find("://");
  const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
  const auto end = url.find_first_of("/?#", begin);
  const auto at = url.rfind('@', end);
  if (at == std::string::npos || at < begin) {
    return {};
  }
  std::string user = url.substr(begin, at - begin);
  url.erase(begin, at + 1 - begin);
  return user;
}

std::string basic_of_user(std::string_view user) {
  if (user.empty()) {
    return {};
  }
  const auto colon = user.find(':');
  return basic(http::percent_decode(user.substr(0, colon)),
               http::percent_decode(colon == std::string_view::npos
                                        ? ""
                                        : user.substr(colon + 1)));
}

}  // namespace kprofefe::kube
