// SPDX-License-Identifier: MIT
#include "term/style.hpp"

namespace kprofefe::term {
namespace {

std::string_view sequence(Colour colour) {
  switch (colour) {
    case Colour::red:
      return "\x1b[31m";
    case Colour::yellow:
      return "\x1b[33m";
    case Colour::dim:
      return "\x1b[2m";
    case Colour::none:
      break;
  }
  return "";
}

}  // namespace

std::string Style::paint(Colour colour, std::string_view text) const {
  if (!enabled || colour == Colour::none) {
    return std::string(text);
  }
  return std::string(sequence(colour)) + std::string(text) + "\x1b[0m";
}

}  // namespace kprofefe::term
