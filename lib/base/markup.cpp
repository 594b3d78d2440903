// SPDX-License-Identifier: MIT
#include "base/markup.hpp"

#include "base/utf8.hpp"

namespace kprofefe {
namespace {

/// https://www.w3.org/TR/xml/#charsets: these two are UTF-8 and no characters.
bool is_outside_xml(char32_t code) {
  return code == 0xfffe || code == 0xffff;
}

}  // namespace

std::string escape_markup(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    const Character next = first_character(text);
    if (!next.valid || is_control(next.code) || is_outside_xml(next.code)) {
      escaped += '?';
    } else if (next.code == '&') {
      escaped += "&amp;";
    } else if (next.code == '<') {
      escaped += "&lt;";
    } else if (next.code == '>') {
      escaped += "&gt;";
    } else if (next.code == '"') {
      escaped += "&quot;";
    } else if (next.code == '\'') {
      escaped += "&#39;";
    } else {
      escaped += text.substr(0, next.bytes);
    }
    text.remove_prefix(next.bytes);
  }
  return escaped;
}

}  // namespace kprofefe
