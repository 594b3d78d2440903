// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace kprofefe::web {

/// The document on one line; bytes that are no UTF-8, which a profile may hold,
/// become U+FFFD, and control characters are escaped.
std::string to_text(const nlohmann::ordered_json& json);

/// Null of an empty text.
nlohmann::ordered_json text_or_null(const std::string& text);

}  // namespace kprofefe::web
