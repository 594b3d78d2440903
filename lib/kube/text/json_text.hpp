// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace kprofefe::kube {

/// A field that is text; empty when it is missing, null or something else.
std::string text_of(const nlohmann::json& object, const char* key);

}  // namespace kprofefe::kube
