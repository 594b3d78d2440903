// SPDX-License-Identifier: MIT
#pragma once

#include "goroutines/header.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace kprofefe::goroutines {

/// Whether a text is of the kind that somebody looks for.
using Matches = std::function<bool(std::string_view)>;

/// Which goroutines to keep; what is not set keeps all.
struct Filter {
  Matches focus;   ///< one of the frames, by function or by place
  Matches ignore;  ///< none of them
  Matches state;
  std::uint32_t least_minutes = 0;  ///< waits so long, or longer
};

bool keeps_stack(const Filter& filter, std::string_view stack);
bool keeps_header(const Filter& filter, const Header& header);

}  // namespace kprofefe::goroutines
