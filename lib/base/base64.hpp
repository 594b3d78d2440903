// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kprofefe {

/// The bytes behind standard base64 with padding (RFC 4648, section 4); line
/// ends are passed over, as Go does. Nothing when it is anything else.
std::optional<std::string> decode_base64(std::string_view text);

/// The same for the alphabet that is fit for URLs, without padding, as in a
/// JWT (RFC 4648, section 5).
std::optional<std::string> decode_base64_url(std::string_view text);

/// `bytes` in standard base64 with padding, on one line.
std::string encode_base64(std::string_view bytes);

}  // namespace kprofefe
