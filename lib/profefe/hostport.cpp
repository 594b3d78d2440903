// SPDX-License-Identifier: MIT
#include "profefe/hostport.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace kprofefe::profefe {

Result<http::Url> parse_hostport(std::string_view text) {
  text = trim(text);
  std::string url(text);
  if (text.find("://") == std::string_view::npos) {
    url = "http://" + url;
  }
  TRY_ASSIGN(http::Url hostport, http::parse_url(url));
  if (!hostport.query.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("invalid profefe URL {}{}: must not have a "
                            "query",
                            http::origin(hostport), hostport.path));
  }
  return hostport;
}

}  // namespace kprofefe::profefe
