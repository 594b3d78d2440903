// SPDX-License-Identifier: MIT
#include "kube/api/server_warnings.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

namespace kprofefe::kube {
namespace {

using Texts = std::vector<std::string>;

TEST_SUITE_BEGIN("kube::ServerWarnings");

TEST_CASE("a Warning header yields the texts of code 299") {
  struct Row {
    const char* name;
    std::string header;
    Texts texts;
  };

  const Row rows[] = {
      {"one", R"(299 - "it expires")", {"it expires"}},
      {"an agent", R"(299 kube-apiserver:443 "old")", {"old"}},
      {"with a date",
       R"(299 - "a, b" "Fri, 28 Nov 2026 00:00:00 GMT")",
       {"a, b"}},
      {"several", R"(299 - "a" "date", 299 - "b",299 - "c")", {"a", "b", "c"}},
      {"escaped quotes",
       R"(299 - "use \"v1\", not \\v1")",
       {R"(use "v1", not \v1)"}},
      {"another code", R"(110 - "stale", 299 - "b")", {"b"}},
      {"control bytes", "299 - \"a\x1b[2Jb\"", {"a?[2Jb"}},
      {"no text", R"(299 - "")", {}},
      {"no quotes", "299 - text", {}},
      {"cut off", R"(299 - "a", 299 - "b)", {"a"}},
      {"empty", "", {}},
      {"nonsense", ",,,", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(warning_texts(row.header) == row.texts);
  }
}

TEST_CASE("each text is told once, whichever answer brings it") {
  Texts told;
  ServerWarnings warnings(
      [&told](std::string_view text) { told.emplace_back(text); });

  warnings.take({{"Warning", R"(299 - "a")"}, {"warning", R"(299 - "b")"}});
  warnings.take({{"Content-Type", "x"}, {"WARNING", R"(299 - "a")"}});

  CHECK(told == Texts{"a", "b"});
}

TEST_CASE(
    "a server that warns of ever new things is not listened to for ever") {
  std::size_t told = 0;
  ServerWarnings warnings([&told](std::string_view /*text*/) { ++told; });

  for (int i = 0; i < 1000; ++i) {
    warnings.take({{"Warning", fmt::format(R"(299 - "warning {}")", i)}});
  }

  CHECK(told == 100);
}

TEST_CASE("without a listener nothing happens") {
  ServerWarnings warnings(nullptr);
  warnings.take({{"Warning", R"(299 - "a")"}});
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
