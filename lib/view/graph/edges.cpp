// SPDX-License-Identifier: MIT
#include "view/graph/edges.hpp"

#include "base/arithmetic.hpp"
#include "base/hash_index.hpp"
#include "view/graph/collect.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <ranges>

namespace kprofefe::view {
namespace {

/// Walks stacks from their roots and adds up who calls whom.
class EdgeCollector {
 public:
  EdgeCollector(const LocationNodes& locations,
                const std::vector<bool>& is_kept,
                const std::vector<bool>& is_wanted)
      : locations_(locations), is_kept_(is_kept), is_wanted_(is_wanted) {}

  void add_stack(std::span<const std::uint32_t> frames, const Weight& weight) {
    ++stack_;
    caller_.reset();
    is_residual_ = false;
    for (const std::uint32_t frame : std::views::reverse(frames)) {
      const auto nodes = locations_.at(frame);
      for (std::size_t at = nodes.size(); at-- > 0;) {
        add_frame(nodes[at], weight, at + 1 != nodes.size());
      }
    }
  }

  std::vector<Edge> take() { return std::move(edges_); }

 private:
  void add_frame(std::uint32_t node, const Weight& weight, bool is_inlined) {
    if (!is_kept_[node]) {
      is_residual_ = true;
      return;
    }
    if (caller_ && *caller_ != node && is_wanted(*caller_, node)) {
      add_call({.caller = *caller_,
                .callee = node,
                .weight = weight,
                .is_residual = is_residual_,
                .is_inlined = is_inlined});
    }
    caller_ = node;
    is_residual_ = false;
  }

  [[nodiscard]] bool is_wanted(std::uint32_t caller,
                               std::uint32_t callee) const {
    return is_wanted_.empty() || is_wanted_[caller] || is_wanted_[callee];
  }

  void add_call(const Edge& call) {
    const std::uint64_t hash = mix_hash(mix_hash(0, call.caller), call.callee);
    const auto found = index_.find(hash, [&](std::uint32_t number) {
      return edges_[number].caller == call.caller &&
             edges_[number].callee == call.callee;
    });
    if (!found) {
      index_.add(hash, static_cast<std::uint32_t>(edges_.size()));
      edges_.push_back(call);
      last_stack_.push_back(stack_);
      return;
    }
    if (last_stack_[*found] == stack_) {
      return;
    }
    last_stack_[*found] = stack_;
    Edge& edge = edges_[*found];
    edge.weight += call.weight;
    edge.is_residual = edge.is_residual || call.is_residual;
    edge.is_inlined = edge.is_inlined && call.is_inlined;
  }

  const LocationNodes& locations_;
  const std::vector<bool>& is_kept_;
  const std::vector<bool>& is_wanted_;
  HashIndex index_;
  std::vector<Edge> edges_;
  std::vector<std::uint64_t> last_stack_;  // by edge: the last that had it
  std::uint64_t stack_ = 0;
  std::optional<std::uint32_t> caller_;
  bool is_residual_ = false;
};

/// Heaviest first, then by the names at their ends.
void sort_edges(const Graph& graph, std::span<std::uint32_t> ids) {
  std::ranges::sort(ids, [&](std::uint32_t left, std::uint32_t right) {
    const Edge& a = graph.edges[left];
    const Edge& b = graph.edges[right];
    if (magnitude(a.weight.sum) != magnitude(b.weight.sum)) {
      return magnitude(a.weight.sum) > magnitude(b.weight.sum);
    }
    int order = graph.names[a.caller].compare(graph.names[b.caller]);
    if (order == 0) {
      order = graph.names[a.callee].compare(graph.names[b.callee]);
    }
    return order != 0 ? order < 0 : left < right;
  });
}

}  // namespace

std::vector<Edge> collect_edges(const Prepared& prepared,
                                const LocationNodes& locations,
                                const std::vector<bool>& is_kept,
                                const std::vector<bool>& is_wanted) {
  const pprof::Profile& profile = prepared.profile;
  EdgeCollector collector(locations, is_kept, is_wanted);
  for (std::size_t at = 0; at < profile.samples.size(); ++at) {
    const Weight weight = prepared.weight_of(at);
    if (!weight.is_zero()) {
      collector.add_stack(profile.frames_of(profile.samples[at]), weight);
    }
  }
  return collector.take();
}

std::size_t drop_small_edges(Graph& graph, std::int64_t cutoff) {
  const std::vector<bool> is_shown = nodes_in(graph);
  return std::erase_if(graph.edges, [&](const Edge& edge) {
    return is_shown[edge.callee] && magnitude(edge.weight.sum) < cutoff;
  });
}

EdgeLists::Groups::Groups(const Graph& graph, std::uint32_t Edge::* end)
    : begins_(graph.nodes.size() + 1, 0),
      ids_(graph.edges.size()),
      is_sorted_(graph.nodes.size()) {
  for (const Edge& edge : graph.edges) {
    ++begins_[edge.*end + 1];
  }
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  std::vector<std::uint32_t> next(begins_);
  for (std::uint32_t id = 0; id < graph.edges.size(); ++id) {
    ids_[next[graph.edges[id].*end]++] = id;
  }
}

std::span<const std::uint32_t> EdgeLists::Groups::sorted(const Graph& graph,
                                                         std::uint32_t node) {
  const auto group =
      std::span(ids_).subspan(begins_[node], begins_[node + 1] - begins_[node]);
  if (!is_sorted_[node]) {
    sort_edges(graph, group);
    is_sorted_[node] = true;
  }
  return group;
}

EdgeLists::EdgeLists(const Graph& graph)
    : graph_(graph), in_(graph, &Edge::callee), out_(graph, &Edge::caller) {}

}  // namespace kprofefe::view
