// SPDX-License-Identifier: MIT
#include "view/graph/visual_graph.hpp"

#include "view/graph/call_tree.hpp"
#include "view/graph/collect.hpp"
#include "view/graph/edges.hpp"
#include "view/graph/entropy.hpp"
#include "view/graph/nodes.hpp"
#include "view/graph/redundant_edges.hpp"

#include <algorithm>
#include <utility>

namespace kprofefe::view {
namespace {

// Boxes of one kind that are drawn at a node.
constexpr std::size_t k_most_tags = 4;

class Trimmer {
 public:
  explicit Trimmer(const Prepared& prepared)
      : prepared_(prepared),
        options_(prepared.options),
        locations_(nodes_of_locations(prepared.profile, false)) {}

  VisualGraph trim() {
    collect();
    const std::int64_t node_cutoff = cutoff_of(graph(), options_.node_fraction);
    const std::int64_t edge_cutoff = cutoff_of(graph(), options_.edge_fraction);
    std::vector<bool> before = nodes_in(graph());
    drop_small_nodes(graph(), node_cutoff);
    connect(before);
    collect_tags_above(node_cutoff);
    sort_by_entropy(graph());
    if (options_.node_count > 0) {
      drop_small_edges(graph(), edge_cutoff);
      choose_nodes();
    }
    visual_.dropped_edges = drop_small_edges(graph(), edge_cutoff);
    drop_redundant_edges(graph());
    return std::move(visual_);
  }

 private:
  Graph& graph() { return visual_.graph; }

  void collect() {
    if (options_.call_tree) {
      tree_ = call_tree(prepared_, locations_);
      graph() = std::move(tree_.graph);
    } else {
      graph() = collect_values(prepared_, locations_);
    }
  }

  /// Makes the edges between the nodes that are left of those before.
  void connect(const std::vector<bool>& before) {
    std::vector<bool> is_kept = nodes_in(graph());
    is_trimmed_ = is_trimmed_ || is_kept != before;
    if (options_.call_tree) {
      std::vector<bool> is_removed(before.size(), false);
      for (std::size_t id = 0; id < before.size(); ++id) {
        is_removed[id] = before[id] && !is_kept[id];
      }
      remove_from_tree(graph(), is_removed);
    } else {
      // What was never trimmed keeps the calls of nodes without a value.
      graph().edges = collect_edges(
          prepared_, locations_,
          is_trimmed_ ? is_kept : std::vector(before.size(), true));
    }
    name_nodes(graph(), prepared_.profile.strings);
  }

  void collect_tags_above(std::int64_t cutoff) {
    visual_.tags =
        collect_tags(prepared_, nodes_of_sample(), nodes_in(graph()));
    drop_small_tags(visual_.tags, cutoff);
  }

  NodesOfSample nodes_of_sample() {
    if (options_.call_tree) {
      return [this](std::size_t sample, std::vector<std::uint32_t>& nodes) {
        for (std::uint32_t node = tree_.leaves[sample]; node != pprof::k_none;
             node = tree_.callers[node]) {
          nodes.push_back(node);
        }
      };
    }
    seen_.assign(graph().nodes.size(), 0);
    return [this](std::size_t sample, std::vector<std::uint32_t>& nodes) {
      add_nodes_of(sample, nodes);
    };
  }

  void add_nodes_of(std::size_t sample, std::vector<std::uint32_t>& nodes) {
    const pprof::Profile& profile = prepared_.profile;
    for (const std::uint32_t frame :
         profile.frames_of(profile.samples[sample])) {
      for (const std::uint32_t id : locations_.at(frame)) {
        if (std::exchange(seen_[id], sample + 1) != sample + 1) {
          nodes.push_back(id);
        }
      }
    }
  }

  /// The first ones, of which each also needs room for its tags.
  void choose_nodes() {
    auto most = static_cast<std::size_t>(options_.node_count);
    std::size_t count = 0;
    for (std::size_t at = 0; at < graph().order.size(); ++at) {
      const NodeTags& tags = visual_.tags[graph().order[at]];
      count += std::min(count_flat(tags), k_most_tags) + 1;
      if (count >= most) {
        most = at + 1;
        break;
      }
    }
    if (most < graph().order.size()) {
      const std::vector<bool> before = nodes_in(graph());
      graph().order.resize(most);
      connect(before);
      sort_by_entropy(graph());
    }
  }

  const Prepared& prepared_;
  const Options& options_;
  LocationNodes locations_;
  CallTree tree_;
  VisualGraph visual_;
  bool is_trimmed_ = false;
  std::vector<std::size_t> seen_;  // by node: the last sample that had it
};

}  // namespace

VisualGraph visual_graph(const Prepared& prepared) {
  return Trimmer(prepared).trim();
}

}  // namespace kprofefe::view
