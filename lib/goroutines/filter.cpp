// SPDX-License-Identifier: MIT
#include "goroutines/filter.hpp"

#include "goroutines/frame.hpp"

#include <optional>

namespace kprofefe::goroutines {
namespace {

bool has_match(std::string_view stack, const Matches& matches) {
  while (const std::optional<Frame> frame = next_frame(stack)) {
    if (matches(frame->function) || matches(frame->place)) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool keeps_stack(const Filter& filter, std::string_view stack) {
  return (!filter.focus || has_match(stack, filter.focus)) &&
         (!filter.ignore || !has_match(stack, filter.ignore));
}

bool keeps_header(const Filter& filter, const Header& header) {
  return header.wait_minutes >= filter.least_minutes &&
         (!filter.state || filter.state(header.state));
}

}  // namespace kprofefe::goroutines
