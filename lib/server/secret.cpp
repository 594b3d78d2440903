// SPDX-License-Identifier: MIT
#include "server/secret.hpp"

#include <fmt/format.h>

#include <sys/random.h>

#include <array>
#include <cstdint>
#include <iterator>

namespace kprofefe::server {

Result<std::string> new_secret() {
  std::array<std::uint8_t, 16> bytes{};
  // So few bytes come at once or not at all (getrandom(2)).
  if (::getrandom(bytes.data(), bytes.size(), 0) !=
      static_cast<ssize_t>(bytes.size())) {
    return fail(ErrorKind::io, "the system gives no random numbers");
  }
  std::string text;
  for (const std::uint8_t byte : bytes) {
    fmt::format_to(std::back_inserter(text), "{:02x}", byte);
  }
  return text;
}

bool is_secret(std::string_view given, std::string_view secret) {
  if (given.size() != secret.size()) {
    return false;
  }
  unsigned difference = 0;
  for (std::size_t i = 0; i < secret.size(); ++i) {
    difference |= static_cast<unsigned char>(given[i]) ^
                  static_cast<unsigned char>(secret[i]);
  }
  // The compiler must not end the loop at the first difference.
  const volatile unsigned seen = difference;
  return seen == 0;
}

}  // namespace kprofefe::server
