// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/dot.hpp"

#include <nlohmann/json.hpp>

#include <limits>
#include <string_view>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

using Texts = std::vector<std::string>;

// clang-format off
constexpr std::string_view k_server_dot = R"dot(digraph "server" {
node [style=filled fillcolor="#f8f8f8"]
subgraph cluster_L { "File: server" [shape=box fontsize=16 label="File: server\lBuild ID: abc123\lType: cpu\lTime: 2025-11-24 16:00:00 UTC\lDuration: 2.01s, Total samples = 991ms (49.25%)\lShowing nodes accounting for 990ms, 99.90% of 991ms total\lDropped 1 node (cum <= 4.96ms)\l\lSee https://git.io/JfYMW for how to read the graph\l" tooltip="server"] }
N1 [label="json\nscan\n500ms (50.45%)" id="node1" fontsize=24 shape=box tooltip="json.scan (500ms)" color="#b22100" fillcolor="#edd9d5"]
N1_0 [label = "endpoint:/users" id="N1_0" fontsize=8 shape=box3d tooltip="500ms"]
N1 -> N1_0 [label=" 500ms" weight=100 tooltip="500ms" labeltooltip="500ms"]
NN1_0_0 [label = "2kB" id="NN1_0_0" fontsize=8 shape=box3d tooltip="500ms"]
N1_0 -> NN1_0_0 [label=" 500ms" weight=100 tooltip="500ms" labeltooltip="500ms"]
N2 [label="json\nparse\n250ms (25.23%)\nof 750ms (75.68%)" id="node2" fontsize=20 shape=box tooltip="json.parse (750ms)" color="#b20e00" fillcolor="#edd7d5"]
N2_0 [label = "endpoint:/orders" id="N2_0" fontsize=8 shape=box3d tooltip="250ms"]
N2 -> N2_0 [label=" 250ms" weight=100 tooltip="250ms" labeltooltip="250ms"]
N3 [label="main\nmain\n0 of 890ms (89.81%)" id="node3" fontsize=8 shape=box tooltip="main.main (890ms)" color="#b20500" fillcolor="#edd6d5"]
N4 [label="main\nhandle\n140ms (14.13%)\nof 890ms (89.81%)" id="node4" fontsize=17 shape=box tooltip="main.handle (890ms)" color="#b20500" fillcolor="#edd6d5"]
N4_0 [label = "endpoint:/orders" id="N4_0" fontsize=8 shape=box3d tooltip="140ms"]
N4 -> N4_0 [label=" 140ms" weight=100 tooltip="140ms" labeltooltip="140ms"]
N5 [label="runtime\ngc\n100ms (10.09%)\nof 101ms (10.19%)" id="node5" fontsize=16 shape=box tooltip="runtime.gc (101ms)" color="#b28457" fillcolor="#ede7e1"]
N3 -> N4 [label=" 890ms" weight=90 penwidth=5 color="#b20500" tooltip="main.main -> main.handle (890ms)" labeltooltip="main.main -> main.handle (890ms)"]
N4 -> N2 [label=" 750ms" weight=76 penwidth=4 color="#b20e00" tooltip="main.handle -> json.parse (750ms)" labeltooltip="main.handle -> json.parse (750ms)" minlen=2]
N2 -> N1 [label=" 500ms\n (inline)" weight=51 penwidth=3 color="#b22100" tooltip="json.parse -> json.scan (500ms)" labeltooltip="json.parse -> json.scan (500ms)" minlen=2]
}
)dot";
// clang-format on

DotGraph dot_of(const pprof::Profile& profile, const Options& options = {}) {
  return dot(prepared_for(ReportKind::dot, options, profile));
}

TEST_CASE("dot is what go tool pprof -dot prints") {
  use_zone("UTC");
  CHECK(render_text(dot(prepared_for(ReportKind::dot))) == k_server_dot);
}

TEST_CASE("a node has its name in pieces, and its values") {
  ProfileMaker maker("cpu/nanoseconds");
  const auto leaf = maker.location(
      0x401234, {{"example.com/x/json.(*Dec).Map[...]", "/src/json/d.go", 12}});
  maker.sample({leaf, maker.at("main")}, {300'000'000});
  maker.sample({maker.at("main")}, {700'000'000});
  const DotGraph graph =
      dot_of(maker.profile(), {.granularity = pprof::Granularity::addresses});

  REQUIRE(graph.nodes.size() == 3);
  const DotNode& node = graph.nodes[1];
  CHECK(node.name ==
        "0000000000401234 example.com/x/json.(*Dec).Map[...] "
        "/src/json/d.go:12");
  CHECK(node.address == "0000000000401234");
  CHECK(node.symbol == Texts{"json", "(*Dec)", "Map[…]"});
  CHECK(node.place == "d.go:12");
  CHECK(node.values == Texts{"300ms (30.00%)"});
}

TEST_CASE("a node without a name is its program") {
  ProfileMaker maker("samples/count");
  maker.sample({maker.location(0x99, {})}, {2});
  maker.sample({maker.location(0x98, {{"(anonymous namespace)::", ""}})}, {1});
  const DotGraph graph = dot_of(maker.profile());

  REQUIRE(graph.nodes.size() == 2);
  CHECK(graph.nodes[0].symbol.empty());
  CHECK(graph.nodes[0].place == "[server]");
  CHECK(graph.nodes[1].symbol.empty());
  CHECK(graph.nodes[1].place == "<unknown>");
}

TEST_CASE("what is in a name does not end a quotation") {
  ProfileMaker maker("samples/count");
  maker.sample({maker.at("a\"b\\c\nd")}, {1});
  const std::string text = render_text(dot_of(maker.profile()));

  CHECK(text.find(R"dot(label="a\"b\\c\ld\n1 (100%)")dot") !=
        std::string::npos);
  CHECK(text.find(R"dot(tooltip="a\"b\\c\ld (1)")dot") != std::string::npos);
}

TEST_CASE("an edge is as heavy and as wide as its part of all") {
  ProfileMaker maker("samples/count");
  const auto main = maker.at("main");
  maker.sample({maker.at("half"), main}, {-50}).sample({main}, {40});
  maker.sample({maker.at("tenth"), main}, {10});
  const DotGraph graph = dot_of(maker.profile());

  REQUIRE(graph.edges.size() == 2);
  CHECK(graph.edges[0].call == "main -> half");
  CHECK(graph.edges[0].value == "-50");
  CHECK(graph.edges[0].pull == 51);
  CHECK(graph.edges[0].width == 3);
  CHECK(graph.edges[0].colour.starts_with("#"));
  CHECK(graph.edges[1].width == 1);
}

TEST_CASE("an edge may lead to a node whose values add up to nothing") {
  ProfileMaker maker("samples/count");
  const auto main = maker.at("main");
  const auto even = maker.at("even");
  maker.sample({even, main}, {-50}).sample({even}, {50});
  const DotGraph graph = dot_of(maker.profile());

  REQUIRE(graph.nodes.size() == 1);
  REQUIRE(graph.edges.size() == 1);
  CHECK(graph.edges.front().callee == 0);
}

TEST_CASE("the legend is there without anything else, and in full") {
  use_zone("UTC");
  const DotGraph graph =
      dot_of(ProfileMaker("samples/count").profile(), {.compact_labels = true});

  CHECK(graph.legend.front() == "File: server");
  CHECK(graph.legend.back() ==
        "See https://git.io/JfYMW for how to read the graph");
  CHECK(graph.nodes.empty());
  CHECK(render_text(graph).ends_with("] }\n}\n"));
}

TEST_CASE("values of the smallest number do not trap") {
  ProfileMaker maker("samples/count");
  constexpr auto k_least = std::numeric_limits<std::int64_t>::min();
  const auto main = maker.at("main");
  maker.sample({maker.at("a"), main}, {k_least}).sample({main}, {5});

  CHECK(!render_text(dot_of(maker.profile())).empty());
}

TEST_CASE("the JSON of a graph has all that a page draws") {
  use_zone("UTC");
  const auto json =
      nlohmann::json::parse(render_json(dot(prepared_for(ReportKind::dot))));

  CHECK(json["title"] == "server");
  CHECK(json["legend"][0] == "File: server");
  CHECK(json["nodes"].size() == 5);
  CHECK(json["edges"].size() == 3);
  const auto& node = json["nodes"][0];
  CHECK(node["id"] == 1);
  CHECK(node["label"] == Texts{"json", "scan", "500ms (50.45%)"});
  CHECK(json["edges"][0]["from"] == 3);
  CHECK(json["edges"][0]["to"] == 4);
}

}  // namespace
}  // namespace kprofefe::view
