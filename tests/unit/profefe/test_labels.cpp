// SPDX-License-Identifier: MIT
#include "profefe/labels.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::profefe {
namespace {

TEST_SUITE_BEGIN("profefe::Labels");

TEST_CASE("labels_text sorts by key and encodes each key and value") {
  struct Row {
    const char* name;
    Labels labels;
    std::string text;
  };

  const Row rows[] = {
      {"none", {}, ""},
      {"sorted", {{"pod", "p"}, {"from", "x"}}, "from=x,pod=p"},
      {"an empty value", {{"k", ""}}, "k="},
      {"separators", {{"a,b", "c=d,e"}}, "a%2Cb=c%3Dd%2Ce"},
      {"what decoding would change",
       {{"k", "50%+1 é"}},
       "k=50%25%2B1%20%C3%A9"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(labels_text(row.labels) == row.text);
  }
}

TEST_CASE("parse_labels reads key=value") {
  const std::vector<std::string> flags = {"team=a=b", "empty=", " trimmed =v ",
                                          "twice=1", "twice=2"};

  const Result<Labels> labels = parse_labels(flags);

  REQUIRE(labels);
  CHECK(*labels ==
        Labels{
            {"team", "a=b"}, {"empty", ""}, {"trimmed", "v "}, {"twice", "2"}});
}

TEST_CASE("parse_labels refuses what profefe would drop") {
  for (const char* flag : {"", "novalue", "=v", " =v"}) {
    CAPTURE(flag);
    const Result<Labels> labels = parse_labels(std::vector<std::string>{flag});
    REQUIRE_FALSE(labels);
    CHECK(labels.error().kind == ErrorKind::usage);
    CHECK(labels.error().message.find("key=value") != std::string::npos);
  }
}

}  // namespace
}  // namespace kprofefe::profefe
