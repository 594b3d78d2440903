// SPDX-License-Identifier: MIT
#include "server/http1/response_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace kprofefe::server {
namespace {

using Header = std::pair<std::string_view, std::string_view>;

// SAMEORIGIN beside the policy's frame-ancestors: a browser that knows the
// policy does not look at it.
constexpr std::array<Header, 6> k_security_headers = {{
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cache-Control", "no-store"},
    {"X-Frame-Options", "SAMEORIGIN"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
}};

std::string_view reason_phrase(int status) {
  constexpr std::array<std::pair<int, std::string_view>, 21> k_phrases = {{
      {200, "OK"},
      {202, "Accepted"},
      {204, "No Content"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {400, "Bad Request"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {413, "Content Too Large"},
      {417, "Expectation Failed"},
      {421, "Misdirected Request"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
  }};
  const auto* const found = std::ranges::find(
      k_phrases, status, &std::pair<int, std::string_view>::first);
  return found == k_phrases.end() ? "" : found->second;
}

void append_header(std::string& head, std::string_view name,
                   std::string_view value) {
  std::string line = fmt::format("{}: {}", name, value);
  std::ranges::replace_if(
      line,
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; },
      ' ');
  head += line;
  head += "\r\n";
}

}  // namespace

void add_security_headers(Response& response,
                          std::string_view content_security_policy) {
  const auto add = [&response](std::string_view name, std::string_view value) {
    if (!http::find_header(response.headers, name)) {
      response.headers.emplace_back(name, value);
    }
  };
  add("Content-Security-Policy", content_security_policy);
  for (const auto& [name, value] : k_security_headers) {
    add(name, value);
  }
}

std::string response_head(const Response& response, Persistence persistence) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status,
                                 reason_phrase(response.status));
  if (!response.content_type.empty()) {
    append_header(head, "Content-Type", response.content_type);
  }
  for (const auto& [name, value] : response.headers) {
    append_header(head, name, value);
  }
  // RFC 9110, 8.6: neither of these has a body, nor a length.
  if (response.status != 204 && response.status != 304) {
    fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n",
                   response.body.size());
  }
  if (persistence != Persistence::keep) {
    append_header(head, "Connection",
                  persistence == Persistence::close ? "close" : "keep-alive");
  }
  head += "\r\n";
  return head;
}

}  // namespace kprofefe::server
