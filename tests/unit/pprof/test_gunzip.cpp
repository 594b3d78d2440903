// SPDX-License-Identifier: MIT
#include "pprof/wire/gunzip.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>

namespace kprofefe::pprof {
namespace {

using test::gzip;

TEST_SUITE_BEGIN("pprof");

constexpr std::uint64_t k_plenty = 1U << 20;

/// A megabyte that compresses well, and has an end of its own.
std::string long_text() {
  std::string text;
  while (text.size() < k_plenty - 10) {
    text += "0123456789";
  }
  return text + "end";
}

TEST_CASE("one sound member is decompressed, up to the cap and no further") {
  const std::string text = long_text();
  for (const int level : {1, 6, 9}) {
    CHECK(gunzip(gzip(text, level), text.size()) == text);
  }
  CHECK(gunzip(gzip(text), text.size() - 1) == std::nullopt);
  CHECK(gunzip(gzip(""), k_plenty) == "");
  CHECK(gunzip(gzip("a little more than a"), k_plenty) ==
        "a little more than a");
}

TEST_CASE("what is no sound member is left to others") {
  const std::string good = gzip(long_text());
  REQUIRE(gunzip(good, k_plenty));
  const auto with_byte = [&](std::size_t from_end, char byte) {
    std::string bad = good;
    bad[bad.size() - from_end] = byte;
    return bad;
  };

  struct Row {
    const char* what;
    std::string body;
  };

  const Row rows[] = {
      {"nothing", ""},
      {"only a head", good.substr(0, 10)},
      {"cut short", good.substr(0, good.size() - 1)},
      {"two members", good + good},
      {"bytes behind it", good + "x"},
      {"another checksum", with_byte(8, static_cast<char>(good.end()[-8] ^ 1))},
      {"a size one less", with_byte(4, static_cast<char>(good.end()[-4] - 1))},
      {"a size beyond all ratios", with_byte(1, '\x7f')},
      {"a header with a checksum", test::gzip_with_full_header(long_text())},
      {"not gzip", long_text()},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(gunzip(row.body, std::uint64_t{1} << 40) == std::nullopt);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
