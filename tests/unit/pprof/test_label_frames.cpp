// SPDX-License-Identifier: MIT
#include "pprof/label_frames.hpp"
#include "support/text_profile.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::pprof {
namespace {

using test::stacks_of;
using test::TextProfile;

TextProfile example() {
  TextProfile made;
  made.sample({1}, {"leaf|mid", "main"}).label("color", "red");
  made.label("color", "blue").label("bytes", 2048, "");
  made.sample({2}, {"other", "main"}).label("bytes", 2048, "bytes");
  made.label("bytes", 512, "");
  made.sample({4}, {"main"});
  return made;
}

struct Framed {
  std::string stacks;
  std::vector<std::string> warnings;
};

Framed framed(const LabelFrames& wanted, const char* unit = "minimum") {
  TextProfile made = example();
  std::vector<std::string> warnings = add_label_frames(*made, wanted, unit);
  for (Sample& sample : made->samples) {
    sample.label_count = 0;
  }
  return {stacks_of(*made), std::move(warnings)};
}

TEST_SUITE_BEGIN("pprof::label_frames");

TEST_CASE("values of labels become outermost or innermost frames") {
  CHECK(framed({.root = "color"}).stacks ==
        "1: leaf|mid < main < red,blue\n2: other < main < \n4: main < \n");
  CHECK(framed({.leaf = "color"}).stacks ==
        "1: red,blue < leaf|mid < main\n2:  < other < main\n4:  < main\n");
  CHECK(framed({.root = "color"}).warnings.empty());
}

TEST_CASE("the first key is the root, and the last one the leaf") {
  CHECK(framed({.root = "color,,bytes"})
            .stacks.starts_with("1: leaf|mid < main < 2048 < red,blue\n"));
  CHECK(framed({.leaf = "color,bytes,"})
            .stacks.starts_with("1: 2048 < red,blue < leaf|mid < main\n"));
}

TEST_CASE("numbers are in the unit when the sample's own have one") {
  const std::string stacks = framed({.root = "bytes"}, "kb").stacks;
  CHECK(stacks.starts_with("1: leaf|mid < main < 2048\n"));
  CHECK(stacks.find("2: other < main < 2kB,") != std::string::npos);
}

TEST_CASE("a key that no sample has is told, and makes frames without a name") {
  const Framed none = framed({.root = "nosuch", .leaf = ","});
  CHECK(none.stacks.starts_with("1: leaf|mid < main < \n"));
  CHECK(none.warnings ==
        std::vector<std::string>{"TagRoot expression matched no samples",
                                 "TagLeaf expression matched no samples"});
  const Framed nothing = framed({});
  CHECK(nothing.stacks == stacks_of(*[] {
          TextProfile made = example();
          for (Sample& sample : made->samples) {
            sample.label_count = 0;
          }
          return made;
        }()));
  CHECK(nothing.warnings.empty());
}

TEST_CASE("a frame is in the file of its key, and one for all samples") {
  TextProfile made = example();
  made->location_ids = {8, 5, 7};
  const std::size_t locations = made->locations.size();
  add_label_frames(*made, {.root = "color"}, "minimum");
  REQUIRE(made->locations.size() == locations + 2);
  const Function& function =
      made->functions[made->lines_of(made->locations[locations])[0].function];
  CHECK(made->strings.at(function.name) == "red,blue");
  CHECK(made->strings.at(function.file) == "color");
  CHECK(made->location_ids == std::vector<std::uint64_t>{8, 5, 7, 9, 10});
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
