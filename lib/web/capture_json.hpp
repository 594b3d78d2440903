// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "web/captures.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string_view>

namespace kprofefe::web {

/// What the body of POST /api/captures asks for: `type`, `seconds`, `targets`.
/// Errors: usage.
Result<CaptureOrder> parse_order(std::string_view body);

/// What GET /api/captures/ID says of a capture.
nlohmann::ordered_json describe(std::string_view id,
                                const CaptureStatus& status);

}  // namespace kprofefe::web
