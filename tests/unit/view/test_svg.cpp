// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "support/occurrences.hpp"
#include "view/svg.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::view {
namespace {

using test::count;
using test::has;

TEST_SUITE_BEGIN("view");

/// Whether each element that is opened is closed, in the right order.
bool is_well_formed(std::string_view xml) {
  std::vector<std::string_view> open;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos;
       at = xml.find('<', at)) {
    const std::size_t end = xml.find('>', at);
    if (end == std::string_view::npos) {
      return false;
    }
    std::string_view tag = xml.substr(at + 1, end - at - 1);
    at = end;
    if (tag.starts_with('?') || tag.ends_with('/')) {
      continue;
    }
    if (!tag.starts_with('/')) {
      open.push_back(tag.substr(0, tag.find(' ')));
    } else if (open.empty() || open.back() != tag.substr(1)) {
      return false;
    } else {
      open.pop_back();
    }
  }
  return open.empty();
}

std::string svg_of(const pprof::Profile& profile, const Options& options = {}) {
  return render_svg(dot(prepared_for(ReportKind::dot, options, profile)));
}

TEST_CASE("an SVG has each node, tag and edge, and the legend") {
  use_zone("UTC");
  const std::string svg = render_svg(dot(prepared_for(ReportKind::dot)));

  CHECK(is_well_formed(svg));
  CHECK(svg.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\""));
  CHECK(has(svg, "<title>server</title>"));
  for (const std::string_view id : {"node1", "node5", "N1_0", "NN1_0_0"}) {
    CAPTURE(id);
    CHECK(has(svg, "<g id=\"" + std::string(id) + "\" class=\"node\">"));
  }
  CHECK(count(svg, "class=\"node\"") == 9);
  CHECK(count(svg, "class=\"edge\"") == 7);
  CHECK(has(svg, "<title>N3-&gt;N4</title>"));
  CHECK(has(svg, "<title>main.main -&gt; main.handle (890ms)</title>"));
  CHECK(has(svg, "<title>json.scan (500ms)</title>"));
  CHECK(has(svg, ">scan</text>"));
  CHECK(has(svg, ">endpoint:/users</text>"));
  CHECK(has(svg, ">(inline)</text>"));
  CHECK(has(svg, "<g id=\"clust1\" class=\"cluster\">"));
  CHECK(has(svg, ">Build ID: abc123</text>"));
}

TEST_CASE("an SVG has pprof's colours, sizes and widths") {
  const std::string svg = render_svg(dot(prepared_for(ReportKind::dot)));

  CHECK(has(svg, "fill=\"#edd9d5\" stroke=\"#b22100\""));
  CHECK(has(svg, "font-size=\"24\">scan<"));
  CHECK(has(svg, "stroke=\"#b20500\" stroke-width=\"5\""));
  CHECK(count(svg, "stroke-dasharray") == 0);
}

TEST_CASE("an SVG runs nothing and loads nothing") {
  const std::string svg = render_svg(dot(prepared_for(ReportKind::dot)));

  for (const std::string_view part : {"<script", "href", "url(", "@import"}) {
    CHECK_FALSE(has(svg, part));
  }
}

TEST_CASE("an edge over what is not shown is dotted") {
  ProfileMaker maker("samples/count");
  const auto main = maker.at("main");
  const auto hidden = maker.at("hidden");
  maker.sample({maker.at("leaf"), hidden, main}, {50}).sample({main}, {50});
  const std::string svg = svg_of(maker.profile(), {.node_count = 2});

  CHECK(count(svg, "stroke-dasharray") == 1);
}

TEST_CASE("what is in a name does not end its element") {
  ProfileMaker maker("samples/count");
  const auto main = maker.at("a<b>&\"c\"\x01\xff\ufffe");
  maker.sample({maker.at("]]></title><script>"), main}, {1});
  const std::string svg = svg_of(maker.profile());

  CHECK(is_well_formed(svg));
  CHECK(has(svg, "a&lt;b&gt;&amp;&quot;c&quot;???"));
  CHECK_FALSE(has(svg, "<script"));
}

TEST_CASE("a name that is too long for a picture is in its tooltip") {
  ProfileMaker maker("samples/count");
  const std::string name = "main." + std::string(300, 'x') + "End";
  maker.sample({maker.at(name)}, {1});
  const std::string svg = svg_of(maker.profile());

  CHECK(has(svg, "<title>" + name + " (1)</title>"));
  CHECK(has(svg, "xxx…xxx"));
  CHECK(has(svg, "xEnd</text>"));
  CHECK_FALSE(has(svg, std::string(300, 'x') + "End</text>"));
}

TEST_CASE("a loop, calls both ways and a node without a value are drawn") {
  ProfileMaker maker("samples/count");
  const auto one = maker.at("one");
  const auto other = maker.at("other");
  const auto even = maker.at("even");
  maker.sample({one, one, other, one}, {5}).sample({even, other}, {-50});
  maker.sample({even}, {50});
  const DotGraph graph =
      dot(prepared_for(ReportKind::dot, {}, maker.profile()));
  const std::string svg = render_svg(graph);

  CHECK(is_well_formed(svg));
  CHECK(count(svg, "class=\"edge\"") == graph.edges.size());
  CHECK(count(svg, "<polygon") == graph.edges.size());
  CHECK(has(svg, "<g id=\"node0\" class=\"node\">"));
}

TEST_CASE("a profile without a value is a legend") {
  const std::string svg = svg_of(ProfileMaker("samples/count").profile());

  CHECK(is_well_formed(svg));
  CHECK(count(svg, "class=\"node\"") == 0);
  CHECK(has(svg, ">File: server</text>"));
}

}  // namespace
}  // namespace kprofefe::view
