// SPDX-License-Identifier: MIT
#include "server/access/cookie.hpp"

#include "base/text.hpp"

namespace kprofefe::server {

std::vector<std::string_view> cookie_values(const http::Headers& headers,
                                            std::string_view name) {
  std::vector<std::string_view> values;
  for (const auto& [header, cookies] : headers) {
    if (!equals_ignoring_case(header, "Cookie")) {
      continue;
    }
    for (const std::string_view cookie : split(cookies, ';')) {
      const std::string_view pair = trim(cookie);
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
        values.push_back(pair.substr(equals + 1));
      }
    }
  }
  return values;
}

}  // namespace kprofefe::server
