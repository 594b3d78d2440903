// SPDX-License-Identifier: MIT
#include "kube/auth/impersonation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::kube {
namespace {

/// RFC 9110's token, but for `%`, which begins an escape.
bool fits_in_name(char c) {
  constexpr std::string_view k_marks = "!#$&'*+-.^_`|~";
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         k_marks.contains(c);
}

/// A key of user-extra in the name of its header, as the API server reads it.
std::string escape(std::string_view key) {
  std::string escaped;
  for (const char c : key) {
    if (fits_in_name(c)) {
      escaped += c;
    } else {
      fmt::format_to(std::back_inserter(escaped), "%{:02X}",
                     static_cast<unsigned char>(c));
    }
  }
  return escaped;
}

bool fits_in_value(std::string_view value) {
  return std::ranges::none_of(value, [](char c) {
    return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f';
  });
}

}  // namespace

Result<http::Headers> impersonation_headers(const Impersonation& as) {
  http::Headers headers;
  if (as.user.empty()) {
    return headers;
  }
  headers.emplace_back("Impersonate-User", as.user);
  if (!as.uid.empty()) {
    headers.emplace_back("Impersonate-Uid", as.uid);
  }
  for (const std::string& group : as.groups) {
    headers.emplace_back("Impersonate-Group", group);
  }
  for (const auto& [key, values] : as.extra) {
    for (const std::string& value : values) {
      headers.emplace_back("Impersonate-Extra-" + escape(key), value);
    }
  }
  for (const auto& [name, value] : headers) {
    if (!fits_in_value(value)) {
      return fail(
          ErrorKind::config,
          fmt::format("impersonation: the value for {} contains line breaks "
                      "or control characters",
                      name));
    }
  }
  return headers;
}

}  // namespace kprofefe::kube
