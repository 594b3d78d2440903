// SPDX-License-Identifier: MIT
#pragma once

#include "session/messages.hpp"

#include <cstddef>

namespace kprofefe::collect {

/// How many pods at a time `descriptors` open files allow.
std::size_t pods_within(std::size_t descriptors);

/// `wanted` pods at a time, or fewer, with a note, where the process may not
/// open that many files, or their connections alone would take as much as
/// `memory` bytes. `pods` is how many there are in all.
std::size_t fit_concurrency(std::size_t wanted, std::size_t pods,
                            std::size_t memory, Messages& messages);

}  // namespace kprofefe::collect
