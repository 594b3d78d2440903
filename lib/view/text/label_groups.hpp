// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

namespace kprofefe::view {

using Labels = std::span<const pprof::Label>;

/// Those at the front that have the same key and kind; `labels` is not empty
/// and in the order of Profile::labels.
inline Labels first_group(Labels labels) {
  const auto end = std::ranges::find_if(labels, [&](const pprof::Label& label) {
    return label.key != labels.front().key ||
           label.is_number != labels.front().is_number;
  });
  return labels.first(static_cast<std::size_t>(end - labels.begin()));
}

}  // namespace kprofefe::view
