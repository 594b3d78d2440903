// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "http/url.hpp"

#include <string_view>

namespace kprofefe::profefe {

/// Where profefe listens when nobody says where it is.
inline constexpr std::string_view k_default_server = "http://localhost:10100";

/// Reads `--profefe-hostport`: a URL of http or https, with or without a path
/// before `/api`, or just `host:port`, which kube-profefe's name of the flag
/// invites and which means http. Errors: usage.
Result<http::Url> parse_hostport(std::string_view text);

}  // namespace kprofefe::profefe
