// SPDX-License-Identifier: MIT
#pragma once

#include "view/prepare.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::view {

/// A box at a node, for samples with a label.
struct DotTag {
  std::string id;      ///< `N1_0`
  std::string parent;  ///< what it hangs at: `N1`, or the box `N1_0`
  std::vector<std::string> label;  ///< lines: `key:text`, `64kB..1MB`
  std::string value;               ///< `120ms`
  bool is_dotted = false;          ///< some of it was spent in dropped callees
};

struct DotNode {
  std::string name;  ///< in one line: `encoding/json.Unmarshal`
  // Its label, from top to bottom: lines, or parts of lines.
  std::string address;              ///< or empty
  std::vector<std::string> symbol;  ///< `json`, `Unmarshal`
  std::string place;                ///< file and line, or a program; or empty
  std::vector<std::string> values;  ///< `120ms (3.55%)`, `of 1.20s (35.50%)`
  std::string cum_text;             ///< `1.20s`
  std::int64_t flat = 0;
  std::int64_t cum = 0;
  std::int64_t font_size = 0;  ///< points: 8 to 24
  std::string colour;          ///< of its border, `#b20000`
  std::string fill_colour;
  std::vector<DotTag> tags;
};

/// Calls of one node by another.
struct DotEdge {
  std::size_t caller = 0;  ///< from 1; the node's place in the graph
  std::size_t callee = 0;  ///< the same; 0: a node whose values add up to 0
  std::string call;        ///< `main.main -> main.work`
  std::string value;       ///< `1.20s`
  std::int64_t weight = 0;
  int pull = 1;        ///< 1 to 101: the higher, the shorter and straighter
  int width = 1;       ///< 1 to 6
  std::string colour;  ///< empty, when there is no total
  bool is_inlined = false;
  bool is_residual = false;  ///< over nodes that are not shown: dotted
  bool is_long = false;      ///< leaves room for the caller's tags
};

/// What a picture of a call graph shows, but not where.
struct DotGraph {
  std::string title;                ///< the program; or empty
  std::vector<std::string> legend;  ///< lines
  std::vector<DotNode> nodes;       ///< those that tell most first
  std::vector<DotEdge> edges;       ///< the heaviest first
};

DotGraph dot(const Prepared& prepared);

/// The lines of a node's label.
std::vector<std::string> label_of(const DotNode& node);

/// What `go tool pprof -dot` prints.
std::string render_text(const DotGraph& graph);

/// One object: `title`, `legend`: [lines], `nodes`: [{`id`, `name`, `label`:
/// [lines], `flat`, `cum`, `font_size`, `color`, `fill_color`, `tags`: [{`id`,
/// `parent`, `label`: [lines], `value`, `dotted`}]}], `edges`: [{`from`, `to`
/// (ids of nodes), `call`, `value`, `weight`, `pull`, `width`, `color`,
/// `inline`, `dotted`, `long`}].
std::string render_json(const DotGraph& graph);

}  // namespace kprofefe::view
