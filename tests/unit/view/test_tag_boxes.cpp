// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/graph/tag_boxes.hpp"

#include <fmt/format.h>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

using Texts = std::vector<std::string>;

/// The tags of the one node that all samples end at.
NodeTags tags_of(pprof::Profile profile) {
  const Prepared prepared =
      prepared_for(ReportKind::dot, {}, std::move(profile));
  const NodesOfSample at_first = [](std::size_t,
                                    std::vector<std::uint32_t>& nodes) {
    nodes.push_back(0);
  };
  std::vector<NodeTags> tags = collect_tags(prepared, at_first, {true});
  drop_small_tags(tags, 0);
  return tags.front();
}

Texts texts_of(const std::vector<TagBox>& boxes) {
  Texts texts;
  texts.reserve(boxes.size());
  for (const TagBox& box : boxes) {
    texts.push_back(fmt::format("{}={}{}", box.label, box.value,
                                box.is_dotted ? " dotted" : ""));
  }
  return texts;
}

TEST_CASE("labels of a sample are one tag, with their numbers") {
  ProfileMaker maker("samples/count");
  const auto main = maker.at("main");
  maker.sample({main}, {3}).label("b", "2").label("a", "1");
  maker.profile().labels.push_back({.key = maker.add("bytes"),
                                    .number = 2048,
                                    .unit = maker.add("bytes"),
                                    .is_number = true});
  ++maker.profile().samples.back().label_count;
  maker.sample({main}, {5}).number("bytes", 100, "bytes");
  maker.sample({main}, {7}).number("other", 100, "bytes");
  const TagBoxes boxes = tag_boxes(tags_of(maker.profile()), true, "bytes");

  REQUIRE(texts_of(boxes.labels) == Texts{"a:1\\nb:2=3"});
  CHECK(texts_of(boxes.labels.front().numbers) == Texts{"2kB=3"});
  CHECK(texts_of(boxes.numbers) == Texts{"100B=5"});
}

TEST_CASE("the mark of a base is no tag") {
  ProfileMaker maker("samples/count");
  maker.sample({maker.at("main")}, {3}).label("pprof::base", "true");

  CHECK(tags_of(maker.profile()).empty());
}

TEST_CASE("only the four heaviest labels have a box") {
  ProfileMaker maker("samples/count");
  const auto main = maker.at("main");
  std::int64_t value = 0;
  for (const char* text : {"a", "b", "c", "d", "e"}) {
    maker.sample({main}, {++value}).label("key", text);
  }

  CHECK(texts_of(tag_boxes(tags_of(maker.profile()), false, "").labels) ==
        Texts{"key:e=5", "key:d=4", "key:c=3", "key:b=2"});
}

TEST_CASE("more than four numbers are joined to the nearest ranges") {
  ProfileMaker maker("samples/count");
  const auto main = maker.at("main");

  struct Row {
    std::int64_t number;
    std::int64_t count;
  };

  for (const Row& row : {Row{1 << 20, 50}, Row{64, 40}, Row{4096, 30},
                         Row{1 << 30, 20}, Row{2 << 20, 3}, Row{16, 2}}) {
    maker.sample({main}, {row.count}).number("bytes", row.number, "bytes");
  }

  CHECK(texts_of(tag_boxes(tags_of(maker.profile()), true, "bytes").numbers) ==
        Texts{"1MB..2MB=53", "16B..64B=42", "4kB=30", "1GB=20"});
}

TEST_CASE("boxes of a leaf have what dropped callees spent, too") {
  const NodeTags tags = {
      {.tag = {.name = "key:x", .flat = {.sum = 2}, .cum = {.sum = 9}}},
      {.tag = {.name = "key:y", .flat = {.sum = 5}, .cum = {.sum = 5}}},
      {.tag = {},
       .is_shown = false,
       .numbers = {{.name = "1", .flat = {.sum = 1}, .cum = {.sum = 3}}}}};

  CHECK(texts_of(tag_boxes(tags, true, "").labels) ==
        Texts{"key:x=9", "key:y=5"});
  CHECK(texts_of(tag_boxes(tags, false, "").labels) ==
        Texts{"key:y=5", "key:x=2"});
  CHECK(texts_of(tag_boxes(tags, true, "").numbers) == Texts{"1=3 dotted"});
  CHECK(texts_of(tag_boxes(tags, false, "").numbers) == Texts{"1=1"});
}

}  // namespace
}  // namespace kprofefe::view
