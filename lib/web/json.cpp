// SPDX-License-Identifier: MIT
#include "web/json.hpp"

#include "base/json_escape.hpp"

#include <nlohmann/json.hpp>

namespace kprofefe::web {

std::string to_text(const nlohmann::ordered_json& json) {
  return escape_controls(json.dump(
      -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace kprofefe::web
