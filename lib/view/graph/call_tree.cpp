// SPDX-License-Identifier: MIT
#include "view/graph/call_tree.hpp"

#include "base/hash_index.hpp"
#include "view/graph/collect.hpp"

#include <ranges>
#include <span>
#include <utility>

namespace kprofefe::view {
namespace {

/// Grows a tree by the paths of samples, from their roots.
class TreeBuilder {
 public:
  explicit TreeBuilder(const LocationNodes& locations)
      : locations_(locations) {}

  /// The node at which the path ends; k_none when it has no frames.
  std::uint32_t add_path(std::span<const std::uint32_t> frames,
                         const Weight& weight) {
    std::uint32_t node = pprof::k_none;
    for (const std::uint32_t frame : std::views::reverse(frames)) {
      const auto infos = locations_.at(frame);
      for (std::size_t at = infos.size(); at-- > 0;) {
        node = add_call(node, infos[at], at + 1 != infos.size());
        tree_.graph.nodes[node].cum += weight;
      }
    }
    if (node != pprof::k_none) {
      tree_.graph.nodes[node].flat += weight;
    }
    return node;
  }

  CallTree take() {
    add_edges();
    return std::move(tree_);
  }

 private:
  std::uint32_t add_call(std::uint32_t caller, std::uint32_t info,
                         bool is_inlined) {
    const std::uint64_t hash = mix_hash(mix_hash(0, caller), info);
    const auto found = index_.find(hash, [&](std::uint32_t number) {
      return tree_.callers[number] == caller && infos_[number] == info;
    });
    if (found) {
      is_inlined_[*found] = is_inlined_[*found] && is_inlined;
      return *found;
    }
    const auto number = static_cast<std::uint32_t>(infos_.size());
    index_.add(hash, number);
    infos_.push_back(info);
    is_inlined_.push_back(is_inlined);
    tree_.callers.push_back(caller);
    tree_.graph.nodes.push_back({.info = locations_.infos[info]});
    return number;
  }

  /// Whatever a node is worth came by the one call of it.
  void add_edges() {
    Graph& graph = tree_.graph;
    graph.edges.reserve(graph.nodes.size());
    for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
      if (tree_.callers[node] != pprof::k_none) {
        graph.edges.push_back({.caller = tree_.callers[node],
                               .callee = node,
                               .weight = graph.nodes[node].cum,
                               .is_inlined = is_inlined_[node]});
      }
    }
  }

  const LocationNodes& locations_;
  CallTree tree_;
  HashIndex index_;
  std::vector<std::uint32_t> infos_;  // by node
  std::vector<bool> is_inlined_;      // by node
};

}  // namespace

CallTree call_tree(const Prepared& prepared, const LocationNodes& locations) {
  const pprof::Profile& profile = prepared.profile;
  TreeBuilder builder(locations);
  std::vector<std::uint32_t> leaves(profile.samples.size(), pprof::k_none);
  for (std::size_t at = 0; at < profile.samples.size(); ++at) {
    const Weight weight = prepared.weight_of(at);
    if (!weight.is_zero()) {
      leaves[at] =
          builder.add_path(profile.frames_of(profile.samples[at]), weight);
    }
  }
  CallTree tree = builder.take();
  tree.leaves = std::move(leaves);
  choose_order(tree.graph, prepared.options);
  return tree;
}

void remove_from_tree(Graph& graph, const std::vector<bool>& is_removed) {
  std::vector<std::uint32_t> call_of(graph.nodes.size(), pprof::k_none);
  for (std::uint32_t call = 0; call < graph.edges.size(); ++call) {
    call_of[graph.edges[call].callee] = call;
  }
  // Callers come first: the call of a removed one is from one that stays.
  for (std::uint32_t& call : call_of) {
    if (call == pprof::k_none || !is_removed[graph.edges[call].caller]) {
      continue;
    }
    Edge& edge = graph.edges[call];
    const std::uint32_t above = call_of[edge.caller];
    if (above == pprof::k_none) {
      call = pprof::k_none;
      continue;
    }
    edge.caller = graph.edges[above].caller;
    edge.is_residual = true;
    edge.is_inlined = edge.is_inlined && graph.edges[above].is_inlined;
  }
  std::erase_if(graph.edges, [&](const Edge& edge) {
    return is_removed[edge.callee] || call_of[edge.callee] == pprof::k_none;
  });
}

}  // namespace kprofefe::view
