// SPDX-License-Identifier: MIT
#include "goroutines/frame.hpp"

#include "base/number.hpp"

#include <algorithm>
#include <array>

namespace kprofefe::goroutines {
namespace {

constexpr std::string_view k_created_by = "created by ";

/// What printOneCgoTraceback() prints behind the tab where no file is known.
constexpr std::string_view k_only_address = "pc=0x";

/// Without the offset in the function and the registers.
std::string_view without_addresses(std::string_view place) {
  constexpr std::array<std::string_view, 3> k_addresses = {" +0x", " fp=0x",
                                                           " pc=0x"};
  std::size_t end = place.size();
  for (const std::string_view address : k_addresses) {
    end = std::min(end, place.rfind(address));
  }
  place = place.substr(0, end);
  return place.starts_with(k_only_address) ? std::string_view() : place;
}

std::string_view without_arguments(std::string_view call) {
  // A name may have parentheses, as in main.(*T).m; arguments have none.
  return call.ends_with(')') ? call.substr(0, call.rfind('(')) : call;
}

/// Which goroutine created it says nothing of its stack.
std::string_view without_number(std::string_view creator) {
  constexpr std::string_view k_in = " in goroutine ";
  return creator.substr(0, creator.rfind(k_in));
}

/// Where the line begins in `/src/main.go:12`.
std::size_t colon_of(std::string_view place) {
  const std::size_t colon = place.rfind(':');
  return colon != std::string_view::npos &&
                 parse_number<std::uint64_t>(place.substr(colon + 1))
             ? colon
             : std::string_view::npos;
}

}  // namespace

std::string_view Frame::file() const {
  return place.substr(0, colon_of(place));
}

std::uint64_t Frame::line() const {
  const std::size_t colon = colon_of(place);
  return colon == std::string_view::npos
             ? 0
             : parse_number<std::uint64_t>(place.substr(colon + 1)).value_or(0);
}

std::optional<Frame> next_frame(std::string_view& stack) {
  if (stack.empty()) {
    return std::nullopt;
  }
  const std::size_t end = std::min(stack.find('\n'), stack.size());
  const std::string_view line = stack.substr(0, end);
  stack.remove_prefix(std::min(end + 1, stack.size()));
  const std::size_t tab = std::min(line.find('\t'), line.size());
  Frame frame{.function = line.substr(0, tab),
              .place = line.substr(std::min(tab + 1, line.size()))};
  if (frame.function.starts_with(k_created_by)) {
    frame.function.remove_prefix(k_created_by.size());
    frame.is_creator = true;
  }
  return frame;
}

void append_frame(std::string& stack, std::string_view call,
                  std::string_view place) {
  const bool is_creator = call.starts_with(k_created_by);
  stack += is_creator ? without_number(call) : without_arguments(call);
  place = without_addresses(place);
  if (!place.empty()) {
    stack += '\t';
    stack += place;
  }
  stack += '\n';
}

bool is_place(std::string_view text) {
  return text.starts_with(k_only_address) ||
         colon_of(without_addresses(text)) != std::string_view::npos;
}

}  // namespace kprofefe::goroutines
