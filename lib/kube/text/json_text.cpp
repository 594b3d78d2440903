// SPDX-License-Identifier: MIT
#include "kube/text/json_text.hpp"

#include <nlohmann/json.hpp>

namespace kprofefe::kube {

std::string text_of(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>()
                                                     : std::string();
}

}  // namespace kprofefe::kube
