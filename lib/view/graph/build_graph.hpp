// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/regex.hpp"
#include "view/graph/graph.hpp"
#include "view/measurement.hpp"
#include "view/prepare.hpp"

#include <cstdint>
#include <vector>

namespace kprofefe::view {

/// Every node with a value, in no special order, without edges and names;
/// `keep_objects` tells functions of several programs apart.
Graph collect_nodes(const Prepared& prepared, bool keep_objects);

/// As collect_nodes() without objects, with names; what prints as the same is
/// one node, at which a sample counts once.
Graph collect_names(const Prepared& prepared);

/// The graph of a report: small nodes and calls trimmed as the options say,
/// sorted by flat (or cum), then name.
Graph trimmed_graph(const Prepared& prepared);

/// The same with only the calls by and of nodes whose names match: these stand
/// in `matches`, in the order of the report.
Graph trimmed_graph(const Prepared& prepared, const pprof::Regex& names,
                    std::vector<std::uint32_t>& matches);

/// Every node with a value and all calls, in the same order: functions of
/// several programs are told apart, and paths, if the options want call_tree.
Graph whole_graph(const Prepared& prepared);

/// Whose unit is chosen: one in which all can be read, so that small values
/// have decimals; or that of the smallest, for reports without decimals.
enum class UnitFor : std::uint8_t { all, smallest };

/// The unit in which the nodes of the graph can be read, for options'
/// `minimum`; else what the options say.
ValueFormat choose_format(const Prepared& prepared, const Graph& graph,
                          UnitFor unit_for = UnitFor::all);

}  // namespace kprofefe::view
