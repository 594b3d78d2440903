// SPDX-License-Identifier: MIT
#include "http/error_text.hpp"

#include "base/free_text.hpp"
#include "base/text.hpp"
#include "http/html_text.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace kprofefe::http {
namespace {

using Json = nlohmann::json;

/// What is longer is no error's; a message is at its beginning, if anywhere.
constexpr std::size_t k_max_body = std::size_t{64} << 10;

/// As deep as `{"errors": [{"error": {"message": "..."}}]}` and a little more.
constexpr int k_max_depth = 6;

/// Where programs put what is for people, the most telling first: a Status of
/// Kubernetes, Google's and Spring's errors, problem details (RFC 9457), OAuth
/// (RFC 6749), JSON:API, FastAPI, Apigee, profefe, Vault.
constexpr std::array<std::string_view, 12> k_keys = {
    "message",     "detail", "error_description",
    "description", "msg",    "reason",
    "faultstring", "error",  "errors",
    "fault",       "cause",  "title"};

std::string message_in(const Json& value, int depth = 0);

std::string message_under(std::string_view key, const Json& object, int depth) {
  for (const auto& [name, value] : object.items()) {
    if (equals_ignoring_case(name, key)) {
      return message_in(value, depth + 1);
    }
  }
  return {};
}

/// The first text that is for people; empty when there is none.
std::string message_in(const Json& value, int depth) {
  if (value.is_string()) {
    return std::string(trim(value.get_ref<const std::string&>()));
  }
  std::string message;
  if (depth >= k_max_depth) {
    return message;
  }
  if (value.is_object()) {
    for (const std::string_view key : k_keys) {
      message = message_under(key, value, depth);
      if (!message.empty()) {
        return message;
      }
    }
  } else if (value.is_array()) {
    for (const Json& element : value) {
      message = message_in(element, depth + 1);
      if (!message.empty()) {
        return message;
      }
    }
  }
  return message;
}

}  // namespace

std::string error_text(std::string_view body, std::size_t max_bytes) {
  constexpr std::string_view k_byte_order_mark = "\xef\xbb\xbf";
  if (body.starts_with(k_byte_order_mark)) {
    body.remove_prefix(k_byte_order_mark.size());
  }
  const bool is_cut = body.size() > k_max_body;
  body = trim(body.substr(0, k_max_body));
  if (body.empty() || body.contains('\0')) {
    return {};
  }
  if (body.front() == '<') {
    return html_text(body, max_bytes);
  }
  constexpr std::string_view k_begin_of_json = "{[\"";
  if (!is_cut && k_begin_of_json.contains(body.front())) {
    const Json json = Json::parse(body, nullptr, /*allow_exceptions=*/false);
    const std::string message = message_in(json);
    if (!message.empty()) {
      return joined_lines(message, max_bytes);
    }
  }
  return joined_lines(body, max_bytes);
}

}  // namespace kprofefe::http
