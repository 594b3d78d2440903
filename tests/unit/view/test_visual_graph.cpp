// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/graph/visual_graph.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

using Texts = std::vector<std::string>;

VisualGraph graph_of(const pprof::Profile& profile,
                     const Options& options = {}) {
  return visual_graph(prepared_for(ReportKind::dot, options, profile));
}

Texts names_of(const Graph& graph) {
  Texts names;
  for (const std::uint32_t id : graph.order) {
    names.push_back(graph.names[id]);
  }
  return names;
}

/// `caller>callee weight` of every call, sorted.
Texts calls_of(const Graph& graph) {
  Texts calls;
  for (const Edge& edge : graph.edges) {
    calls.push_back(fmt::format("{}>{} {}{}{}", graph.names[edge.caller],
                                graph.names[edge.callee], edge.weight.sum,
                                edge.is_residual ? " residual" : "",
                                edge.is_inlined ? " inlined" : ""));
  }
  std::ranges::sort(calls);
  return calls;
}

TEST_CASE("nodes where paths part come before those that pass on") {
  ProfileMaker maker("samples/count");
  const auto fork = maker.at("fork");
  const auto pass = maker.at("pass");
  const auto main = maker.at("main");
  maker.sample({maker.at("left"), fork, pass, main}, {30});
  maker.sample({maker.at("right"), fork, pass, main}, {70});
  // 140, 100, 88, 60 and 0: what a node spent, and how much it says which way
  // the samples came and went.
  const Texts all = {"right", "main", "fork", "left", "pass"};

  CHECK(names_of(graph_of(maker.profile()).graph) == all);
  CHECK(names_of(graph_of(maker.profile(), {.node_count = 2}).graph) ==
        Texts{"right", "main"});
}

TEST_CASE("a residual call beside another path is dropped") {
  ProfileMaker maker("samples/count");
  const auto leaf = maker.at("leaf");
  const auto small = maker.at("small");
  const auto work = maker.at("work");
  const auto main = maker.at("main");
  maker.sample({leaf, work, main}, {900}).sample({leaf, small, main}, {1});
  maker.sample({main}, {99});

  CHECK(calls_of(graph_of(maker.profile()).graph) ==
        Texts{"main>work 900", "work>leaf 900"});
}

TEST_CASE("a residual call that is heavier than another call stays") {
  ProfileMaker maker("samples/count");
  const auto leaf = maker.at("leaf");
  const auto work = maker.at("work");
  const auto main = maker.at("main");
  maker.sample({leaf, work, main}, {300});
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g"}) {
    maker.sample({leaf, maker.at(name), main}, {100});
  }

  CHECK(calls_of(graph_of(maker.profile(), {.node_fraction = 0.2}).graph) ==
        Texts{"main>leaf 700 residual", "main>work 300", "work>leaf 300"});
}

TEST_CASE("dropped calls count when nodes were dropped, too") {
  ProfileMaker maker("samples/count");
  const auto leaf = maker.at("leaf");
  const auto main = maker.at("main");
  const auto other = maker.at("other");
  maker.sample({leaf, main}, {9'990}).sample({leaf, other}, {9});
  maker.sample({other}, {2'001});

  const VisualGraph all = graph_of(maker.profile(), {.node_count = 0});
  CHECK(calls_of(all.graph) == Texts{"main>leaf 9990"});
  CHECK(all.dropped_edges == 1);
  // pprof counts those of the last trimming alone.
  CHECK(graph_of(maker.profile()).dropped_edges == 0);
}

TEST_CASE("tags take the room of nodes") {
  ProfileMaker maker("samples/count");
  const auto main = maker.at("main");
  for (const char* name : {"a", "b", "c"}) {
    maker.sample({maker.at(name), main}, {10}).label("key", "x");
    maker.sample({maker.at(name), main}, {10}).label("key", "y");
  }
  const Options options = {.node_count = 4};

  CHECK(graph_of(maker.profile(), options).graph.order.size() == 2);
  for (pprof::Sample& sample : maker.profile().samples) {
    sample.label_count = 0;
  }
  CHECK(graph_of(maker.profile(), options).graph.order.size() == 4);
}

TEST_CASE("a call tree tells functions apart by their paths") {
  ProfileMaker maker("samples/count");
  const auto leaf = maker.at("leaf");
  const auto main = maker.at("main");
  maker.sample({leaf, maker.at("a"), main}, {10});
  maker.sample({leaf, maker.at("b"), main}, {20});
  maker.sample({main, main}, {5});
  const Graph graph = graph_of(maker.profile(), {.call_tree = true}).graph;

  CHECK(calls_of(graph) == Texts{"a>leaf 10", "b>leaf 20", "main>a 10",
                                 "main>b 20", "main>main 5"});
  CHECK(graph.order.size() == 6);
}

TEST_CASE("what is taken out of a call tree leaves residual calls") {
  ProfileMaker maker("samples/count");
  const auto leaf = maker.location(1, {{"leaf", "", 1}, {"mid", "", 2}});
  const auto root = maker.at("root");
  const auto top = maker.at("top");
  maker.sample({leaf, root, top}, {10}).sample({root, top}, {90});
  maker.sample({top}, {-95});
  const Options options = {
      .node_fraction = 0, .call_tree = true, .filters = {}};
  CHECK(calls_of(graph_of(maker.profile(), options).graph) ==
        Texts{"mid>leaf 10 inlined", "root>mid 10", "top>root 100"});

  // top is worth 5 and goes; so do mid and leaf, which are worth 10 of 5.
  Options trimmed = options;
  trimmed.node_fraction = 4;
  const Graph graph = graph_of(maker.profile(), trimmed).graph;
  CHECK(names_of(graph) == Texts{"root"});
  CHECK(calls_of(graph).empty());
}

TEST_CASE("a call over a node that left the tree is inlined if both were") {
  ProfileMaker maker("samples/count");
  const auto chain = maker.location(
      1, {{"c", "", 1}, {"b", "", 2}, {"a", "", 3}, {"main", "", 4}});
  maker.sample({chain}, {10});
  const Graph graph =
      graph_of(maker.profile(), {.node_count = 3, .call_tree = true}).graph;

  CHECK(names_of(graph) == Texts{"c", "main", "a"});
  CHECK(calls_of(graph) ==
        Texts{"a>c 10 residual inlined", "main>a 10 inlined"});
}

}  // namespace
}  // namespace kprofefe::view
