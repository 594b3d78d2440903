// SPDX-License-Identifier: MIT
#include "http/html_title.hpp"

#include "base/text.hpp"

namespace kprofefe::http {

std::string html_title(std::string_view html) {
  constexpr std::string_view k_open = "<title>";
  const auto begin = html.find(k_open);
  if (begin == std::string_view::npos) {
    return {};
  }
  html.remove_prefix(begin + k_open.size());
  return one_line(html.substr(0, html.find('<')));
}

}  // namespace kprofefe::http
