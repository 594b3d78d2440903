// SPDX-License-Identifier: MIT
#include "base/json_escape.hpp"

#include "base/utf8.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace kprofefe {

std::string escape_controls(std::string_view json) {
  std::string escaped;
  escaped.reserve(json.size());
  while (!json.empty()) {
    const Character next = first_character(json);
    // Below are the line ends and blanks between values.
    constexpr char32_t k_delete = 0x7f;
    if (next.valid && next.code >= k_delete && is_control(next.code)) {
      escaped +=
          fmt::format("\\u{:04x}", static_cast<std::uint32_t>(next.code));
    } else {
      escaped += json.substr(0, next.bytes);
    }
    json.remove_prefix(next.bytes);
  }
  return escaped;
}

}  // namespace kprofefe
