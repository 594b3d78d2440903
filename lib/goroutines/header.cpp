// SPDX-License-Identifier: MIT
#include "goroutines/header.hpp"

#include "base/number.hpp"

#include <algorithm>

namespace kprofefe::goroutines {
namespace {

constexpr std::string_view k_begin = "goroutine ";
constexpr std::string_view k_end = "]:";

/// Takes what is before the first `separator`, which is taken, too.
std::string_view take_until(std::string_view& text,
                            std::string_view separator) {
  const auto at = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(std::min(at + separator.size(), text.size()));
  return part;
}

/// What follows the state. Others than these are not for us.
void read_attribute(std::string_view text, Header& header) {
  constexpr std::string_view k_minutes = " minutes";
  if (text == "locked to thread") {
    header.locked = true;
  } else if (text.ends_with(k_minutes)) {
    text.remove_suffix(k_minutes.size());
    header.wait_minutes = parse_number<std::uint32_t>(text).value_or(0);
  }
}

}  // namespace

std::optional<Header> read_header(std::string_view line) {
  if (!line.starts_with(k_begin) || !line.ends_with(k_end)) {
    return std::nullopt;
  }
  line.remove_prefix(k_begin.size());
  line.remove_suffix(k_end.size());
  const auto id = parse_number<std::uint64_t>(take_until(line, " "));
  const std::string_view pointers = take_until(line, "[");
  if (!id || line.empty() ||
      !(pointers.empty() || pointers.starts_with("gp="))) {
    return std::nullopt;
  }
  Header header{.id = *id};
  std::string_view rest = line;
  // Labels are last, and what a program writes into them may look like more.
  std::string_view attributes = take_until(rest, " labels:{");
  if (rest.ends_with('}')) {
    header.labels = rest.substr(0, rest.size() - 1);
  }
  header.state = take_until(attributes, ", ");
  while (!attributes.empty()) {
    read_attribute(take_until(attributes, ", "), header);
  }
  return header;
}

}  // namespace kprofefe::goroutines
