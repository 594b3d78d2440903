// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::kube {

/// The bytes behind standard base64 with padding (RFC 4648, section 4); line
/// ends are passed over, as Go does. Nothing when it is anything else.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace kprofefe::kube
