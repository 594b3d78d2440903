// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kprofefe::http {

/// The human-readable message in an error body, whoever sent it and whatever
/// its Content-Type, fit for one line of a message: the message in JSON, what a
/// page tells, else the whole text. Empty for an empty body and for bytes that
/// are not text.
std::string error_text(std::string_view body, std::size_t max_bytes = 200);

}  // namespace kprofefe::http
