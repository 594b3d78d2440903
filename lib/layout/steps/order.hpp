// SPDX-License-Identifier: MIT
#pragma once

#include "layout/steps/layers.hpp"

namespace kprofefe::layout {

/// Orders each layer so that few segments cross. What is not connected stands
/// side by side, that with the first box first.
void order_layers(Layers& layers);

}  // namespace kprofefe::layout
