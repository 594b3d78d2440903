// SPDX-License-Identifier: MIT
#include "layout/steps/cycles.hpp"

#include "layout/steps/groups.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace kprofefe::layout {
namespace {

/// Those that nobody calls, then those that call most more than they are
/// called: where a program begins.
std::vector<Index> roots_first(const Graph& graph) {
  std::vector<std::int64_t> surplus(graph.boxes.size());
  std::vector<bool> is_called(graph.boxes.size());
  for (const Edge& edge : graph.edges) {
    surplus[edge.from] += edge.weight;
    surplus[edge.to] -= edge.weight;
    if (edge.from != edge.to) {
      is_called[edge.to] = true;
    }
  }
  std::vector<Index> boxes;
  boxes.reserve(graph.boxes.size());
  for (Index box = 0; box < graph.boxes.size(); ++box) {
    boxes.push_back(box);
  }
  std::ranges::sort(boxes, {}, [&](Index box) {
    return std::tuple(bool(is_called[box]), -surplus[box], box);
  });
  return boxes;
}

/// Walks along the edges; one that leads to where the walk came from closes a
/// circle.
class Walk {
 public:
  explicit Walk(const Graph& graph)
      : graph_(&graph),
        calls_(graph.boxes.size(), graph.edges.size(),
               [&](Index edge) { return graph.edges[edge].from; }),
        next_(graph.boxes.size()),
        state_(graph.boxes.size()),
        closes_(graph.edges.size()) {}

  void from(Index root) {
    if (state_[root] != State::unseen) {
      return;
    }
    enter(root);
    while (!path_.empty()) {
      step(path_.back());
    }
  }

  [[nodiscard]] bool closes_circle(std::size_t edge) const {
    return closes_[edge];
  }

 private:
  enum class State : std::uint8_t { unseen, on_path, done };

  void enter(Index box) {
    state_[box] = State::on_path;
    path_.push_back(box);
  }

  void step(Index box) {
    if (next_[box] == calls_[box].size()) {
      state_[box] = State::done;
      path_.pop_back();
      return;
    }
    const Index edge = calls_[box][next_[box]++];
    const Index to = graph_->edges[edge].to;
    if (state_[to] == State::unseen) {
      enter(to);
    } else {
      closes_[edge] = state_[to] == State::on_path;
    }
  }

  const Graph* graph_;
  Groups calls_;
  std::vector<std::size_t> next_;
  std::vector<State> state_;
  std::vector<bool> closes_;
  std::vector<Index> path_;
};

}  // namespace

std::vector<Link> break_cycles(const Graph& graph) {
  Walk walk(graph);
  for (const Index box : roots_first(graph)) {
    walk.from(box);
  }
  std::vector<Link> links;
  links.reserve(graph.edges.size());
  for (const Edge& edge : graph.edges) {
    const bool is_turned = walk.closes_circle(links.size());
    links.push_back({.upper = is_turned ? edge.to : edge.from,
                     .lower = is_turned ? edge.from : edge.to,
                     .is_turned = is_turned});
  }
  return links;
}

}  // namespace kprofefe::layout
