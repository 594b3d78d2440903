// SPDX-License-Identifier: MIT
#include "pprof/legacy/lines.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kprofefe::pprof::legacy {
namespace {

// bufio.MaxScanTokenSize, which the line's end must fit into as well.
constexpr std::size_t k_max_line_bytes = (std::size_t{64} << 10) - 1;

}  // namespace

bool Lines::next() {
  line_ = {};
  if (rest_.empty() || is_too_long_) {
    return false;
  }
  ++number_;
  const std::string_view window = rest_.substr(0, k_max_line_bytes + 1);
  const std::size_t bytes = std::min(window.find('\n'), window.size());
  is_too_long_ = bytes > k_max_line_bytes;
  if (is_too_long_) {
    return false;
  }
  line_ = rest_.substr(0, bytes);
  rest_.remove_prefix(std::min(bytes + 1, rest_.size()));
  if (line_.ends_with('\r')) {
    line_.remove_suffix(1);
  }
  return true;
}

Parsed<void> Lines::check() const {
  if (is_too_long_) {
    return damaged(
        at_line(fmt::format("longer than {} bytes", k_max_line_bytes)));
  }
  return {};
}

std::string Lines::at_line(std::string_view what) const {
  return fmt::format("line {}: {}", number_, what);
}

std::string Lines::complain(std::string_view what) const {
  constexpr std::size_t k_max_shown = 80;
  return at_line(fmt::format("{}: {}", what, quoted(line_, k_max_shown)));
}

bool is_blank_or_comment(std::string_view line) {
  const std::string_view trimmed = trim(line);
  return trimmed.empty() || trimmed.front() == '#';
}

}  // namespace kprofefe::pprof::legacy
