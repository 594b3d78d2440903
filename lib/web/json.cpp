// SPDX-License-Identifier: MIT
#include "web/json.hpp"

#include "base/json_escape.hpp"

#include <nlohmann/json.hpp>

namespace kprofefe::web {

std::string to_text(const nlohmann::ordered_json& json) {
  return escape_controls(json.dump(
      -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

nlohmann::ordered_json text_or_null(const std::string& text) {
  return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
}

}  // namespace kprofefe::web
