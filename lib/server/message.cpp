// SPDX-License-Identifier: MIT
#include "server/message.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kprofefe::server {

std::optional<std::string_view> find_parameter(const Request& request,
                                               std::string_view name) {
  const auto found =
      std::ranges::find(request.query, name, &Parameters::value_type::first);
  return found == request.query.end()
             ? std::nullopt
             : std::optional<std::string_view>(found->second);
}

Response text_response(int status, std::string_view text) {
  return {.status = status,
          .content_type = "text/plain; charset=utf-8",
          .body = fmt::format("{}\n", text)};
}

}  // namespace kprofefe::server
