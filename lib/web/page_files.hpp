// SPDX-License-Identifier: MIT
#pragma once

#include "server/message.hpp"

#include <optional>
#include <string_view>

namespace kprofefe::web {

/// A file of the page, or the page itself for each of its views; nothing when
/// there is none at that path.
std::optional<server::Response> find_page_file(std::string_view path);

}  // namespace kprofefe::web
