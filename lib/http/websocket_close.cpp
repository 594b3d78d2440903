// SPDX-License-Identifier: MIT
#include "http/websocket_close.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace kprofefe::http {
namespace {

/// RFC 6455, 7.4.1, and IANA's registry for those that came later.
constexpr std::array<std::pair<std::uint16_t, std::string_view>, 14> k_names = {
    {{1000, "normal closure"},
     {1001, "going away"},
     {1002, "protocol error"},
     {1003, "unsupported data"},
     {1005, "no status code"},
     {1006, "abnormal closure"},
     {1007, "invalid payload data"},
     {1008, "policy violation"},
     {1009, "message too big"},
     {1010, "mandatory extension"},
     {1011, "internal error"},
     {1012, "service restart"},
     {1013, "try again later"},
     {1014, "bad gateway"}}};

std::string name_of(std::uint16_t code) {
  const auto* const found = std::ranges::find(
      k_names, code, [](const auto& row) { return row.first; });
  return found == k_names.end() ? fmt::format("code {}", code)
                                : fmt::format("{}, {}", code, found->second);
}

}  // namespace

std::string CloseFrame::text() const {
  return reason.empty() ? name_of(code)
                        : fmt::format("{} ({})", quoted(reason), name_of(code));
}

CloseFrame read_close_frame(std::string_view payload) {
  constexpr std::size_t k_code_bytes = 2;
  if (payload.size() < k_code_bytes) {
    return {};
  }
  const unsigned high = static_cast<std::uint8_t>(payload[0]);
  const unsigned low = static_cast<std::uint8_t>(payload[1]);
  return {.code = static_cast<std::uint16_t>(high << 8U | low),
          .reason = std::string(payload.substr(k_code_bytes))};
}

}  // namespace kprofefe::http
