// SPDX-License-Identifier: MIT
#include "http/status_words.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace kprofefe::http {
namespace {

using namespace std::string_view_literals;

/// Those of the statuses' own names (RFC 9110, 15) and a few around them.
constexpr std::array k_status_words = {
    "error"sv,    "http"sv,        "status"sv,       "code"sv,
    "page"sv,     "response"sv,    "whitelabel"sv,   "bad"sv,
    "request"sv,  "requests"sv,    "unauthorized"sv, "authorization"sv,
    "required"sv, "forbidden"sv,   "not"sv,          "found"sv,
    "method"sv,   "allowed"sv,     "acceptable"sv,   "conflict"sv,
    "gone"sv,     "locked"sv,      "too"sv,          "many"sv,
    "large"sv,    "internal"sv,    "server"sv,       "implemented"sv,
    "gateway"sv,  "time"sv,        "out"sv,          "timeout"sv,
    "service"sv,  "temporarily"sv, "unavailable"sv};

constexpr std::string_view k_between_words = " \t\r\n.,:;!-–|";

bool is_status_word(std::string_view word) {
  return word.find_first_not_of("0123456789") == std::string_view::npos ||
         std::ranges::any_of(k_status_words, [word](std::string_view other) {
           return equals_ignoring_case(word, other);
         });
}

}  // namespace

bool says_only_a_status(std::string_view text) {
  for (;;) {
    const auto begin = text.find_first_not_of(k_between_words);
    if (begin == std::string_view::npos) {
      return true;
    }
    text.remove_prefix(begin);
    const auto end = std::min(text.find_first_of(k_between_words), text.size());
    if (!is_status_word(text.substr(0, end))) {
      return false;
    }
    text.remove_prefix(end);
  }
}

}  // namespace kprofefe::http
