// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kprofefe::term {

/// How many columns of a terminal `text` takes: one per character, none for
/// what combines with the one before, two for East Asian wide ones and
/// emoji. Knows no control sequences: `text` is meant to be printable.
std::size_t display_width(std::string_view text);

/// `text` in at most `width` columns, the last one `…` when it was cut.
std::string cut_to_width(std::string_view text, std::size_t width);

}  // namespace kprofefe::term
