// SPDX-License-Identifier: MIT
#include "profefe/labels.hpp"

#include "base/text.hpp"
#include "http/url.hpp"

#include <fmt/format.h>

namespace kprofefe::profefe {

std::string labels_text(const Labels& labels) {
  std::string text;
  for (const auto& [key, value] : labels) {
    if (!text.empty()) {
      text += ',';
    }
    text += http::percent_encode(key) + "=" + http::percent_encode(value);
  }
  return text;
}

Result<Labels> parse_labels(std::span<const std::string> flags) {
  Labels labels;
  for (const std::string_view flag : flags) {
    const auto equals = flag.find('=');
    const std::string_view key = trim(flag.substr(0, equals));
    if (equals == std::string_view::npos || key.empty()) {
      return fail(
          ErrorKind::usage,
          fmt::format("invalid label \"{}\": use key=value", one_line(flag)));
    }
    labels.insert_or_assign(std::string(key),
                            std::string(flag.substr(equals + 1)));
  }
  return labels;
}

}  // namespace kprofefe::profefe
