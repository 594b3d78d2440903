// SPDX-License-Identifier: MIT
#include "drawn.hpp"

#include "flame/tree.hpp"
#include "support/stacks.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <string>

namespace kprofefe::flame {
namespace {

using test::Stacks;

/// A line per node, indented, with its cumulated values, the base's behind a
/// bar.
std::string picture(const Tree& tree) {
  std::string text;
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    const Node& node = tree.nodes[i];
    text += fmt::format("{:>{}}{}", "", node.depth,
                        i == 0 ? "all" : tree.frames.names.at(node.frame));
    for (const Column& column : tree.values) {
      text += fmt::format(" {}", cumulate(tree.nodes, column)[i]);
    }
    for (const Column& column : tree.base_values) {
      text += fmt::format(" |{}", cumulate(tree.nodes, column)[i]);
    }
    text += '\n';
  }
  return text;
}

TEST_CASE("a graph that nobody could look at is refused") {
  Stacks stacks({{"cpu", "nanoseconds"}});
  stacks.add("a;b;c", {1}).add("a;d", {1});
  const Input input{&stacks.profile};
  CHECK(build_tree(input, {}, {}, 5));
  const Result<Tree> refused = build_tree(input, {}, {}, 3);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::malformed);
  CHECK(refused.error().message.find("more than 3 frames") !=
        std::string::npos);
}

TEST_CASE("a name of megabytes is shortened, not within a character") {
  const std::string beginning(4095, 'x');
  const std::string name = beginning + "\u00e9 and more";
  Stacks stacks({{"cpu", "nanoseconds"}});
  stacks.add(name, {1});
  const Tree tree = tree_of({&stacks.profile}, {});
  CHECK(tree.frames.names.at(tree.nodes[1].frame) == beginning);
}

}  // namespace

TEST_CASE("a tree has every sample type, the widest child first") {
  const pprof::Profile profile = Stacks({{"n", "count"}, {"t", "ns"}})
                                     .add("a;b", {1, 50})
                                     .add("a;c", {2, 10})
                                     .add("a;b;d", {1, 5})
                                     .add("a", {0, 1})
                                     .profile;

  CHECK(picture(tree_of({&profile}, {.sample_index = 1})) ==
        "all 4 66\n a 4 66\n  b 2 55\n   d 1 5\n  c 2 10\n");
}

TEST_CASE("the chosen sample type decides the order, then the name") {
  const pprof::Profile profile = Stacks({{"n", "count"}, {"t", "ns"}})
                                     .add("b", {1, 50})
                                     .add("c", {2, 10})
                                     .add("a", {1, 10})
                                     .profile;

  CHECK(picture(tree_of({&profile}, {.sample_index = 0})) ==
        "all 4 70\n c 2 10\n a 1 10\n b 1 50\n");
}

TEST_CASE("stacks of the base are in the same tree") {
  const pprof::Profile base = Stacks({{"t", "ns"}, {"n", "count"}})
                                  .add("a;gone", {9, 3})
                                  .add("a;b", {9, 1})
                                  .profile;
  const pprof::Profile profile =
      Stacks({{"n", "count"}, {"new", "count"}}).add("a;b", {5, 7}).profile;

  const Tree tree = tree_of({&profile, &base}, {});

  CHECK(tree.compares());
  CHECK(picture(tree) ==
        "all 5 7 |4 |0\n a 5 7 |4 |0\n  b 5 7 |1 |0\n  gone 0 0 |3 |0\n");
}

TEST_CASE("the parts of a node fit into it whatever their signs are") {
  const pprof::Profile profile =
      Stacks({{"n", "count"}}).add("a;b", {5}).add("a;c", {-4}).profile;
  const Tree tree = tree_of({&profile}, {});

  CHECK(widths(tree, 0) == std::vector<double>{9, 9, 5, 4});
  CHECK(cumulate(tree.nodes, tree.values[0]) == Column{1, 1, 5, -4});
}

TEST_CASE("a very deep stack is no deep recursion") {
  std::string stack = "f";
  for (int i = 1; i < 50'000; ++i) {
    stack += ";f";
  }
  const pprof::Profile profile =
      Stacks({{"n", "count"}}).add(stack, {1}).profile;

  const Tree tree = tree_of({&profile}, {});

  CHECK(tree.nodes.size() == 50'001);
  CHECK(function_totals(tree, 0).at(0).cum == 1);
}

TEST_CASE("a recursive function counts once") {
  const pprof::Profile profile = Stacks({{"n", "count"}})
                                     .add("main;f;g;f", {3})
                                     .add("main;f", {2})
                                     .add("main;h", {1})
                                     .profile;
  const Tree tree = tree_of({&profile}, {});

  std::string text;
  for (const FunctionTotal& total : function_totals(tree, 0)) {
    text += fmt::format("{} {} {}\n", tree.frames.names.at(total.frame),
                        total.flat, total.cum);
  }

  CHECK(text == "f 5 5\nh 1 1\nmain 0 6\ng 0 3\n");
}

TEST_CASE("frames that are too narrow are one frame beside the others") {
  const pprof::Profile profile = Stacks({{"n", "count"}})
                                     .add("a;b;c", {60})
                                     .add("a;b;d", {3})
                                     .add("a;b;e;f", {2})
                                     .add("a;g", {34})
                                     .add("h", {1})
                                     .profile;

  const Tree tree = tree_of({&profile}, {}, {.min_share = 0.04});

  CHECK(tree.is_partial);
  CHECK(picture(tree) == fmt::format("all 100\n a 99\n  b 65\n   c 60\n"
                                     "   {0} 5\n  g 34\n {0} 1\n",
                                     k_narrow_frames));
}

TEST_CASE("a tree without narrow frames is whole") {
  const pprof::Profile profile =
      Stacks({{"n", "count"}}).add("a;b", {1}).add("a;c", {2}).profile;
  const Tree tree = tree_of({&profile}, {}, {.min_share = 0.2});
  CHECK_FALSE(tree.is_partial);
  CHECK(picture(tree) == "all 3\n a 3\n  c 2\n  b 1\n");
}

TEST_CASE("what grew or shrank is as wide as both profiles") {
  const pprof::Profile base =
      Stacks({{"n", "count"}}).add("a;gone", {50}).add("a;b", {1}).profile;
  const pprof::Profile profile =
      Stacks({{"n", "count"}}).add("a;b", {1}).add("a;c", {48}).profile;

  const Tree tree = tree_of({&profile, &base}, {}, {.min_share = 0.03});

  CHECK(picture(tree) == fmt::format("all 49 |51\n a 49 |51\n  gone 0 |50\n"
                                     "  c 48 |0\n  {} 1 |1\n",
                                     k_narrow_frames));
}

TEST_CASE("samples of one stack that take each other away are not wide") {
  const pprof::Profile profile = Stacks({{"n", "count"}})
                                     .add("a;b", {50})
                                     .add("a;b", {-49})
                                     .add("a;c", {5})
                                     .profile;

  CHECK(picture(tree_of({&profile}, {})) == "all 6\n a 6\n  c 5\n  b 1\n");
}

TEST_CASE("a profile without samples or types is a root") {
  const pprof::Profile profile = Stacks({{"n", "count"}}).profile;
  const pprof::Profile nothing;

  CHECK(picture(tree_of({&profile}, {})) == "all 0\n");
  CHECK(picture(tree_of({&nothing}, {})) == "all\n");
}

}  // namespace kprofefe::flame
