// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace kprofefe::term {

/// How many columns of a terminal `text` takes: one per character, none for
/// what combines with the one before, two for East Asian wide ones and
/// emoji. Knows no control sequences: `text` is meant to be printable.
std::size_t display_width(std::string_view text);

}  // namespace kprofefe::term
