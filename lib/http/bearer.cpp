// SPDX-License-Identifier: MIT
#include "http/bearer.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kprofefe::http {

Result<std::string> bearer(std::string_view token, std::string_view from) {
  token = trim(token);
  const bool is_visible =
      !token.empty() &&
      std::ranges::all_of(token, [](char c) { return c > ' ' && c < 0x7f; });
  if (!is_visible) {
    return fail(
        ErrorKind::config,
        fmt::format("{}: not a valid token: use visible ASCII characters",
                    from));
  }
  return fmt::format("Bearer {}", token);
}

}  // namespace kprofefe::http
