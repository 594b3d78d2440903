// SPDX-License-Identifier: MIT
#pragma once

#include "view/dot.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace kprofefe::web {

/// A call graph as the page draws it: `legend`, `nodes`: [{`id`, `name`,
/// `label`: [lines], `fontsize`, `tooltip`, `color`, `fill`, `tags`}], `edges`:
/// [{`from`, `to`: ids, `label`, `tooltip`, `weight`, `penwidth`, `color`,
/// `style`, `minlen`}], `warnings`. Labels and tooltips are those of pprof's
/// DOT.
nlohmann::ordered_json to_json(const view::DotGraph& graph,
                               const std::vector<std::string>& warnings);

}  // namespace kprofefe::web
