// SPDX-License-Identifier: MIT
#include "pprof/wire/wire.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

using std::string_view_literals::operator""sv;
using test::MessageBuilder;

TEST_SUITE_BEGIN("pprof");

std::vector<std::uint64_t> numbers_of(const Field& field) {
  std::vector<std::uint64_t> numbers;
  CHECK(for_each_number(
      field, [&](std::uint64_t number) { numbers.push_back(number); }));
  return numbers;
}

TEST_CASE("fields come in order, with their numbers and contents") {
  MessageBuilder message;
  message.number(3, 300).bytes(2, "text").varint(9 << 3 | 1);
  const std::string bytes = message.str() + "8 bytes.";
  std::vector<Field> fields;

  CHECK(for_each_field(bytes, [&](const Field& field) {
    fields.push_back(field);
    return true;
  }));

  REQUIRE(fields.size() == 3);
  CHECK(fields[0].number == 3);
  CHECK(fields[0].value == 300);
  CHECK_FALSE(fields[0].is_bytes);
  CHECK(fields[1].number == 2);
  CHECK(fields[1].bytes == "text");
  CHECK(fields[1].is_bytes);
  CHECK(fields[2].number == 9);
  CHECK(fields[2].value == 0);
}

TEST_CASE("a visit that says no ends the walk") {
  MessageBuilder message;
  message.number(1, 1).number(2, 2);
  int visits = 0;
  CHECK_FALSE(for_each_field(message.str(), [&](const Field&) {
    ++visits;
    return false;
  }));
  CHECK(visits == 1);
}

TEST_CASE("malformed messages are no exception") {
  for (const std::string_view bytes :
       {"\x08"sv, "\x0a\x05zz"sv, "\x0f\x01"sv, "\x03\x01"sv, "\x09zzz"sv,
        "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"sv,
        "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"sv}) {
    CHECK_FALSE(for_each_field(bytes, [](const Field&) { return true; }));
  }
  CHECK(for_each_field("", [](const Field&) { return false; }));
}

TEST_CASE("numbers of fields that no message has are one") {
  MessageBuilder message;
  message.number(0, 5).varint(~std::uint64_t{0} << 3).varint(6);
  std::vector<std::uint64_t> values;
  CHECK(for_each_field(message.str(), [&](const Field& field) {
    CHECK(field.number == 0);
    values.push_back(field.value);
    return true;
  }));
  CHECK(values == std::vector<std::uint64_t>{5, 6});
  std::array<std::uint64_t, 3> numbers{};
  CHECK(
      take_numbers(MessageBuilder().bytes(0, "x").number(1, 7).str(), numbers));
  CHECK(numbers[1] == 7);
}

TEST_CASE("numbers come packed or alone") {
  MessageBuilder packed;
  packed.varint(1).varint(300).varint(0);
  CHECK(numbers_of({.number = 1, .is_bytes = true, .bytes = packed.str()}) ==
        std::vector<std::uint64_t>{1, 300, 0});
  CHECK(numbers_of({.number = 1, .is_number = true, .value = 7}) ==
        std::vector<std::uint64_t>{7});
  CHECK(numbers_of({.number = 1, .is_bytes = true}).empty());
  CHECK_FALSE(for_each_number({.number = 1, .is_bytes = true, .bytes = "\x80"},
                              [](std::uint64_t) {}));
}

TEST_CASE("a malformed profile is blamed on the field it broke at") {
  MessageBuilder message;
  message.bytes(1, "fine").bytes(2, "not");
  const Result<void> result = for_each_profile_field(
      message.str(), [](const Field& field) { return field.number != 2; });
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::malformed);
  CHECK(result.error().message ==
        "malformed profile: invalid sample at byte 6");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
