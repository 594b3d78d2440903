// SPDX-License-Identifier: MIT
#include "legacy_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

using test::described;
using test::samples_of;

/// Words as a machine writes them.
struct Machine {
  std::size_t bytes = 8;
  bool is_big_endian = false;

  [[nodiscard]] std::string words(
      std::initializer_list<std::uint64_t> values) const {
    std::string out;
    for (const std::uint64_t value : values) {
      for (std::size_t i = 0; i < bytes; ++i) {
        const std::size_t byte = is_big_endian ? bytes - 1 - i : i;
        out += static_cast<char>(value >> (8 * byte) & 0xffU);
      }
    }
    return out;
  }
};

std::string words(std::initializer_list<std::uint64_t> values) {
  return Machine().words(values);
}

TEST_CASE("words of both sizes and orders are read") {
  for (const Machine& machine : {Machine{4, false}, Machine{4, true},
                                 Machine{8, false}, Machine{8, true}}) {
    CAPTURE(machine.bytes);
    CAPTURE(machine.is_big_endian);
    const std::string profile = machine.words({0, 3, 0, 10000, 0}) +
                                machine.words({2, 2, 0x1000, 0x2001}) +
                                machine.words({3, 1, 0x3000}) +
                                machine.words({0, 1, 0});

    CHECK(
        described(profile + "1000-4000 r-xp 00000000 08:01 7 /bin/server\n") ==
        "type samples/count\n"
        "type cpu/nanoseconds\n"
        "default  doc  period cpu/nanoseconds 10000000\n"
        "time 0 duration 0 drop  keep \n"
        "2 20000000: 0 1\n"
        "3 30000000: 2\n"
        "location 0x1000 m0\n"
        "location 0x2000 m0\n"
        "location 0x3000 m0\n"
        "mapping 0x1000-0x4000+0x0 /bin/server  0000\n");
  }
}

TEST_CASE("the end mark may be missing; a cut stack is filled with zeros") {
  const std::string header = words({0, 3, 0, 1, 0});
  CHECK(samples_of(header + words({2, 1, 0x1000})) == "2 2000: 0\n");
  CHECK(described(header + words({1, 1, 0x50}) + words({2, 2, 0x1000}))
            .contains("1 1000: 0\n2 2000: 1 2\nlocation 0x50 m0\n"
                      "location 0x1000 m0\nlocation 0xffffffffffffffff m0\n"));
  CHECK(samples_of(header) == "");
}

TEST_CASE("a second frame that all stacks have is the signal handler") {
  const std::string header = words({0, 3, 0, 1, 0});
  CHECK(described(header + words({1, 4, 0x10, 0x21, 0x31, 0x41}) +
                  words({1, 3, 0x50, 0x21, 0x31})) ==
        "type samples/count\n"
        "type cpu/nanoseconds\n"
        "default  doc  period cpu/nanoseconds 1000\n"
        "time 0 duration 0 drop  keep \n"
        "1 1000: 0 1\n"
        "1 1000: 2\n"
        "location 0x10 m0\n"
        "location 0x40 m0\n"
        "location 0x50 m0\n"
        "mapping 0x0-0xffffffffffffffff+0x0   0000\n");

  std::string one_in_32 = header;
  for (int i = 0; i < 31; ++i) {
    one_in_32 += words({1, 2, 0x10, 0x21});
  }
  const std::string other = words({1, 2, 0x10, 0x91});
  CHECK(samples_of(one_in_32 + other).ends_with("1 1000: 0\n1 1000: 0 1\n"));
  CHECK(samples_of(one_in_32 + other + other)
            .ends_with("1 1000: 0 1\n1 1000: 0 2\n1 1000: 0 2\n"));
}

TEST_CASE("no frame names a location that was left out") {
  const auto profile =
      read_profile(words({0, 3, 0, 1, 0}) + words({1, 3, 0x10, 0x21, 0x31}) +
                   words({1, 2, 0x50, 0x21}));

  REQUIRE(profile);
  CHECK(profile->locations.size() == 3);
  CHECK(std::ranges::all_of(profile->frames, [&](std::uint32_t frame) {
    return frame < profile->locations.size();
  }));
}

TEST_CASE("a leaf that is there twice is dropped once") {
  const std::string header = words({0, 3, 0, 1, 0});
  CHECK(described(header + words({1, 3, 0x10, 0x10, 0x31}) +
                  words({1, 2, 0x50, 0x71}))
            .contains("1 1000: 0 2\n1 1000: 3 4\n"
                      "location 0x10 m0\nlocation 0xf m0\n"));
}

TEST_CASE("Java's has its locations behind the samples") {
  CHECK(described(words({0, 3, 1, 10000, 0}) + words({2, 2, 0x1, 0x2}) +
                  words({1, 2, 0x3, 0x2}) + words({0, 1, 0}) +
                  "0x2 com.example.Main.run (Main.java:12)\n"
                  "0x01 GC\n") ==
        "type samples/count\n"
        "type cpu/nanoseconds\n"
        "default  doc  period cpu/nanoseconds 10000000\n"
        "time 0 duration 0 drop  keep \n"
        "2 20000000: 0 1\n"
        "1 10000000: 2 1\n"
        "location 0x0 m-1 f0:0:0\n"
        "location 0x0 m-1 f1:12:0\n"
        "location 0x0 m0\n"
        "function GC (GC) :0\n"
        "function com.example.Main.run (com.example.Main.run) Main.java:0\n"
        "mapping 0x0-0xffffffffffffffff+0x0   0000\n");
}

TEST_CASE("a damaged CPU profile is refused with its stack") {
  const std::string header = words({0, 3, 0, 1, 0});
  const std::string good = words({2, 1, 0x1000});
  CHECK(described(header + good + words({2, 9, 0x1000})) ==
        "malformed CPU profile: stack 2: the data ends within it");
  CHECK(described(header + good + words({2})) ==
        "malformed CPU profile: stack 2: the data ends within it");
  CHECK(described(header + good + "cut") ==
        "malformed CPU profile: stack 2: the data ends within it");
  CHECK(described(header + good + words({0, 1, 0}) + std::string(70000, 'x')) ==
        "malformed CPU profile: memory map: line 1: longer than 65535 bytes");
  CHECK(described(words({0, 3, 1, 1, 0}) + words({0, 1, 0}) +
                  "0x12345678901234567 x\n") ==
        "malformed CPU profile: locations: an address has more than 64 bits: "
        "\"0x12345678901234567 x\"");
  CHECK(described(words({0, 3, 2, 1, 0}) + good)
            .starts_with("not a profile but "));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
