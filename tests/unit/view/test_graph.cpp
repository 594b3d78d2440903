// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/graph/build_graph.hpp"
#include "view/graph/edges.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

ProfileMaker counts() {
  return ProfileMaker("samples/count");
}

Graph graph_of(const pprof::Profile& profile, const Options& options = {}) {
  return trimmed_graph(prepared_for(ReportKind::top, options, profile));
}

/// `name flat/cum` of every node, in order.
std::vector<std::string> nodes_of(const Graph& graph) {
  std::vector<std::string> nodes;
  for (const std::uint32_t id : graph.order) {
    const Node& node = graph.nodes[id];
    nodes.push_back(fmt::format("{} {}/{}", graph.names[id], node.flat.value(),
                                node.cum.value()));
  }
  return nodes;
}

/// `caller>callee weight` of every call, sorted.
std::vector<std::string> calls_of(const Graph& graph) {
  std::vector<std::string> calls;
  for (const Edge& edge : graph.edges) {
    calls.push_back(fmt::format("{}>{} {}{}{}", graph.names[edge.caller],
                                graph.names[edge.callee], edge.weight.value(),
                                edge.is_residual ? " residual" : "",
                                edge.is_inlined ? " inlined" : ""));
  }
  std::ranges::sort(calls);
  return calls;
}

using Texts = std::vector<std::string>;

TEST_CASE("recursion counts once per sample, and a call of oneself never") {
  ProfileMaker maker = counts();
  const auto a = maker.at("a");
  const auto b = maker.at("b");
  maker.sample({b, a, b, b, a}, {10});
  const Graph graph = graph_of(maker.profile());

  CHECK(nodes_of(graph) == Texts{"b 10/10", "a 0/10"});
  CHECK(calls_of(graph) == Texts{"a>b 10", "b>a 10"});
}

TEST_CASE("a call over a node that is too small is residual") {
  ProfileMaker maker = counts();
  const auto leaf = maker.at("leaf");
  const auto small = maker.at("small");
  const auto main = maker.at("main");
  maker.sample({leaf, small, main}, {1}).sample({leaf, main}, {999});
  maker.sample({small, main}, {1});
  const Graph graph = graph_of(maker.profile());

  CHECK(nodes_of(graph) == Texts{"leaf 1000/1000", "main 0/1001"});
  CHECK(calls_of(graph) == Texts{"main>leaf 1000 residual"});
  CHECK(graph.dropped_nodes == 1);
  CHECK(graph.original_nodes == 2);
}

TEST_CASE("a node of exactly the fraction stays") {
  ProfileMaker maker = counts();
  maker.sample({maker.at("large")}, {995}).sample({maker.at("just")}, {5});

  CHECK(graph_of(maker.profile()).order.size() == 2);
  CHECK(graph_of(maker.profile(), {.node_fraction = 0.0061}).order.size() == 1);
}

TEST_CASE("small calls are dropped") {
  ProfileMaker maker = counts();
  const auto leaf = maker.at("leaf");
  const auto other = maker.at("other");
  const auto main = maker.at("main");
  maker.sample({leaf, main}, {9'990}).sample({leaf, other}, {9});
  maker.sample({other}, {2'001});

  CHECK(calls_of(graph_of(maker.profile())) == Texts{"main>leaf 9990"});
}

TEST_CASE("only calls by and of what matches, of the same graph") {
  ProfileMaker maker = counts();
  const auto leaf = maker.at("leaf");
  const auto middle = maker.at("middle");
  const auto main = maker.at("main");
  maker.sample({leaf, middle, main}, {5}).sample({leaf, main}, {2});
  const Prepared prepared = prepared_for(ReportKind::peek, {}, maker.profile());
  std::vector<std::uint32_t> matches;
  const Graph some =
      trimmed_graph(prepared, pprof::Regex::compile("^mid").value(), matches);

  CHECK(nodes_of(some) == nodes_of(trimmed_graph(prepared)));
  CHECK(calls_of(some) == Texts{"main>middle 5", "middle>leaf 5"});
  REQUIRE(matches.size() == 1);
  CHECK(some.names[matches.front()] == "middle");
}

TEST_CASE("a call is inlined only where every sample says so") {
  ProfileMaker maker = counts();
  const auto inlined = maker.location(1, {{"f", "", 1}, {"main", "", 2}});
  const auto called = maker.location(2, {{"f", "", 1}});
  const auto main = maker.location(3, {{"main", "", 9}});
  maker.sample({inlined}, {4});
  CHECK(calls_of(graph_of(maker.profile())) == Texts{"main>f 4 inlined"});

  maker.sample({called, main}, {1});
  CHECK(calls_of(graph_of(maker.profile())) == Texts{"main>f 5"});
}

TEST_CASE("nodes of one size are in the order of their names") {
  ProfileMaker maker = counts();
  maker.sample({maker.at("c")}, {-5}).sample({maker.at("a")}, {5});
  maker.sample({maker.at("b"), maker.at("d")}, {5});

  CHECK(nodes_of(graph_of(maker.profile())) ==
        Texts{"a 5/5", "b 5/5", "c -5/-5", "d 0/5"});
}

TEST_CASE("nodes are sorted by cum when asked to") {
  ProfileMaker maker = counts();
  const auto main = maker.at("main");
  maker.sample({maker.at("z"), main}, {2}).sample({maker.at("b")}, {3});

  CHECK(nodes_of(graph_of(maker.profile(), {.sort_by_cum = true})) ==
        Texts{"b 3/3", "main 0/2", "z 2/2"});
}

TEST_CASE("node_count keeps the first and joins what was between them") {
  ProfileMaker maker = counts();
  const auto a = maker.at("a");
  const auto b = maker.at("b");
  const auto c = maker.at("c");
  maker.sample({c, b, a}, {10}).sample({a}, {5}).sample({b}, {1});
  const Graph graph = graph_of(maker.profile(), {.node_count = 2});

  CHECK(nodes_of(graph) == Texts{"c 10/10", "a 5/15"});
  CHECK(calls_of(graph) == Texts{"a>c 10 residual"});
  CHECK(graph.original_nodes == 3);
}

TEST_CASE("drop_negative hides what shrank") {
  ProfileMaker maker = counts();
  const auto main = maker.at("main");
  maker.sample({maker.at("less"), main}, {-8}).sample({maker.at("more")}, {5});

  CHECK(nodes_of(graph_of(maker.profile(), {.drop_negative = true})) ==
        Texts{"more 5/5"});
}

TEST_CASE("what sums up to nothing is no node, but still calls") {
  ProfileMaker maker = counts();
  const auto zero = maker.at("zero");
  maker.sample({maker.at("more"), zero}, {5});
  maker.sample({maker.at("less"), zero}, {-5});
  const Graph graph = graph_of(maker.profile());

  CHECK(nodes_of(graph) == Texts{"less -5/-5", "more 5/5"});
  CHECK(calls_of(graph) == Texts{"zero>less -5", "zero>more 5"});
}

TEST_CASE("samples that are 0 do not count, nor do stacks without frames") {
  ProfileMaker maker = counts();
  const auto main = maker.at("main");
  maker.sample({main}, {0}).sample({}, {7}).sample({main}, {1});

  CHECK(nodes_of(graph_of(maker.profile())) == Texts{"main 1/1"});
}

TEST_CASE("means are divided at the end") {
  ProfileMaker maker("contentions/count delay/nanoseconds");
  const auto main = maker.at("main");
  maker.sample({main}, {1, 100}).sample({main}, {3, 100});

  CHECK(nodes_of(graph_of(maker.profile(), {.mean = true})) ==
        Texts{"main 50/50"});
}

TEST_CASE("a location without symbols is its program") {
  ProfileMaker maker = counts();
  maker.sample({maker.location(0x99, {})}, {2});
  CHECK(nodes_of(graph_of(maker.profile())) == Texts{"[server] 2/2"});

  maker.profile().mappings.front().file = 0;
  CHECK(nodes_of(graph_of(maker.profile())) == Texts{"<unknown> 2/2"});
  CHECK(nodes_of(graph_of(maker.profile(),
                          {.granularity = pprof::Granularity::addresses})) ==
        Texts{"0000000000000099 <unknown> 2/2"});
}

TEST_CASE("sums that overflow wrap and do not trap") {
  ProfileMaker maker = counts();
  const auto main = maker.at("main");
  constexpr auto k_most = std::numeric_limits<std::int64_t>::max();
  maker.sample({main}, {k_most}).sample({main}, {2});

  CHECK(nodes_of(graph_of(maker.profile())) ==
        Texts{fmt::format("main {0}/{0}",
                          std::numeric_limits<std::int64_t>::min() + 1)});
}

TEST_CASE("EdgeLists has the heaviest call first, then goes by name") {
  ProfileMaker maker = counts();
  const auto leaf = maker.at("leaf");
  maker.sample({leaf, maker.at("z")}, {5}).sample({leaf, maker.at("b")}, {2});
  maker.sample({leaf, maker.at("a")}, {-2});
  const Graph graph = graph_of(maker.profile());
  EdgeLists edges(graph);
  const std::uint32_t id = graph.order.front();
  Texts callers;
  for (const std::uint32_t edge : edges.into(id)) {
    callers.push_back(graph.names[graph.edges[edge].caller]);
  }

  REQUIRE(graph.names[id] == "leaf");
  CHECK(callers == Texts{"z", "a", "b"});
  CHECK(edges.out_of(id).empty());
}

TEST_CASE("choose_format finds one unit that suits all rows") {
  const auto unit_of = [](std::int64_t small, std::int64_t large) {
    ProfileMaker maker("space/bytes");
    maker.sample({maker.at("a")}, {small}).sample({maker.at("b")}, {large});
    const Prepared prepared =
        prepared_for(ReportKind::top, {.trim = false}, maker.profile());
    return choose_format(prepared, trimmed_graph(prepared)).to;
  };

  CHECK(unit_of(10, 20) == "B");
  CHECK(unit_of(2048, 4096) == "kB");
  // A hundredth of a MB is still something.
  CHECK(unit_of(20 << 10, 20 << 20) == "MB");
  CHECK(unit_of(2 << 10, 20 << 20) == "kB");
}

TEST_CASE("choose_format leaves a unit that the user chose") {
  const Prepared prepared =
      prepared_for(ReportKind::top, {.unit = "seconds", .divide_by = 2});
  const ValueFormat format = choose_format(prepared, trimmed_graph(prepared));

  CHECK(format(500'000'000) == "0.25s");
}

}  // namespace
}  // namespace kprofefe::view
