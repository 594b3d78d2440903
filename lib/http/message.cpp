// SPDX-License-Identifier: MIT
#include "http/message.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cctype>

namespace kprofefe::http {

std::optional<std::string_view> find_header(const Headers& headers,
                                            std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (equals_ignoring_case(key, name)) {
      return value;
    }
  }
  return std::nullopt;
}

std::string Response::content_type() const {
  std::string_view value = find_header(headers, "Content-Type").value_or("");
  value = trim(value.substr(0, value.find(';')));
  std::string type(value);
  std::ranges::transform(type, type.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return type;
}

}  // namespace kprofefe::http
