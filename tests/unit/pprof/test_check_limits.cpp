// SPDX-License-Identifier: MIT
#include "data.hpp"

#include "pprof/check.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

using test::gzip;
using test::MessageBuilder;
using test::ProfileBuilder;

TEST_SUITE_BEGIN("pprof");

/// A profile that one server parses, and behind it `count` times `field`.
std::string with_many(std::string_view field, std::size_t count) {
  std::string message =
      ProfileBuilder::go("cpu").sample({1, 2}, {"main.f"}).raw();
  message.reserve(message.size() + field.size() * count);
  for (std::size_t i = 0; i < count; ++i) {
    message += field;
  }
  return message;
}

/// `field` as field `number` of a message.
std::string nested(std::uint32_t number, std::string_view field) {
  MessageBuilder message;
  message.bytes(number, field);
  return message.str();
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) {
    all += text;
  }
  return all;
}

TEST_CASE("what would fill a server's memory is refused, of whatever kind") {
  struct Row {
    const char* what;
    std::string field;
    std::size_t count;
  };

  const std::string empty_label = nested(3, "");
  const Row rows[] = {
      {"samples", nested(2, ""), 100'000},
      {"frames", nested(2, nested(1, std::string(10'000, '\1'))), 100},
      {"values", nested(2, nested(2, std::string(10'000, '\1'))), 100},
      {"values that are not packed", nested(2, repeated("\x10\x01", 5000)),
       200},
      {"labels", nested(2, nested(3, "")), 40'000},
      {"labels of one sample", nested(2, repeated(nested(3, ""), 40'000)), 1},
      {"mappings", nested(3, ""), 100'000},
      {"locations", nested(4, ""), 100'000},
      {"lines", nested(4, repeated(nested(4, ""), 1000)), 300},
      {"functions", nested(5, ""), 100'000},
      {"strings", nested(6, ""), 400'000},
      {"long strings", nested(6, std::string(10'000, 'a')), 1000},
      {"sample types", nested(1, ""), 200'000},
      {"period types", nested(11, ""), 200'000},
      {"comments", "\x68\x01", 400'000},
      {"packed comments", nested(13, std::string(10'000, '\1')), 30},
  };
  BodyChecker checker({.max_parsed_bytes = 8U << 20});
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const std::string bomb = with_many(row.field, row.count);
    for (const std::string& body : {bomb, gzip(bomb)}) {
      const Result<Content> content = checker.check(body);
      REQUIRE_FALSE(content);
      CHECK(checker.excess() == Excess::parsed);
      CHECK(content.error().kind == ErrorKind::malformed);
      CHECK(content.error().message.starts_with(
          "profile too large: a server would need more than 8 MiB to "
          "parse it ("));
    }
    CHECK(checker.check(with_many(row.field, row.count / 100)));
    CHECK(checker.excess() == Excess::none);
  }
}

TEST_CASE("the numbers are named") {
  BodyChecker checker({.max_parsed_bytes = 100'000});
  const Result<Content> content =
      checker.check(with_many(nested(2, nested(3, "")), 1000));
  REQUIRE_FALSE(content);
  CHECK(content.error().message ==
        "profile too large: a server would need more than 100000 bytes to "
        "parse it (489 samples, 487 labels, 1 locations and 6 strings in "
        "its first 2048 bytes)");
}

TEST_CASE("a valid first sample does not open the way for gigabytes") {
  // As a field that is as long as it says: nobody waits for its end.
  MessageBuilder head;
  head.varint(6 << 3 | 2).varint(1U << 30);
  const std::string start =
      ProfileBuilder::go("cpu").sample({1, 2}, {"main.f"}).raw() + head.str();
  BodyChecker checker;
  const Result<Content> announced =
      checker.check(gzip(start + std::string(1U << 20, '\0')));
  REQUIRE_FALSE(announced);
  CHECK(announced.error().message ==
        "profile too large: more than 128 MiB when decompressed");
  CHECK(checker.excess() == Excess::inflated);

  // And as many members that each add a little.
  const std::string unknown =
      gzip(repeated(nested(16, std::string(10'000, '\0')), 2000));
  const std::string members =
      gzip(with_many("", 0)) + repeated(unknown, 10'000'000'000 / 20'000'000);
  CHECK_FALSE(checker.check(members));
  CHECK(checker.excess() == Excess::inflated);
}

TEST_CASE("half a megabyte of ten million samples is refused") {
  const std::string samples = gzip(with_many(nested(2, ""), 10'000'000));
  const std::string strings = gzip(with_many(nested(6, ""), 20'000'000));
  BodyChecker checker;
  for (const std::string& bomb : {samples, strings}) {
    CHECK(bomb.size() < 500'000);
    CHECK_FALSE(checker.check(bomb));
    CHECK(checker.excess() == Excess::parsed);
  }
}

TEST_CASE("gzip that lies about its size does not get past the limit") {
  std::string body = gzip(with_many(nested(2, ""), 10'000'000));
  for (const char byte : {'\0', '\x01', '\x7f'}) {
    body[body.size() - 1] = byte;
    body[body.size() - 2] = byte;
    BodyChecker checker;
    CHECK_FALSE(checker.check(body));
    CHECK(checker.excess() == Excess::parsed);
  }
}

TEST_CASE("the profile of a large Go program passes") {
  // 115,000 stacks of 30 frames, as a busy server's heap profile has them.
  MessageBuilder sample;
  sample.packed(1, std::vector<std::uint64_t>(30, 12'345))
      .packed(2, {1, 4096, 1, 4096})
      .bytes(3, MessageBuilder().number(1, 5).number(3, 4096).str());
  const std::string message = with_many(nested(2, sample.str()), 115'000);
  for (const std::string& body : {message, gzip(message)}) {
    CHECK(BodyChecker().check(body) == Content::samples);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
