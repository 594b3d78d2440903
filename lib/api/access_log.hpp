// SPDX-License-Identifier: MIT
#pragma once

#include "server/message.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace kprofefe::api {

enum class LogFormat : std::uint8_t { none, text, json };

/// A line for each request, without its end; not the bearer tokens.
using LogLine = std::function<void(std::string_view line)>;

/// Answers as `inner` does, and logs each answer when it is made.
server::Handler log_requests(server::Handler inner, LogFormat format,
                             LogLine log);

}  // namespace kprofefe::api
