// SPDX-License-Identifier: MIT
#include "legacy_text.hpp"

#include "pprof/legacy/map_attributes.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

/// The mappings and locations of a profile with that memory map.
std::string places(std::string_view addresses, std::string_view map) {
  return test::places_of("goroutine profile: total 1\n1 @ " +
                         std::string(addresses) + "\n--- Memory map: ---\n" +
                         std::string(map));
}

/// One mapping, of a profile whose only address is in it.
std::string mapping(std::string_view address, std::string_view line) {
  const std::string all = places(address, line);
  const auto begin = all.find("mapping ");
  return begin == std::string::npos ? all : all.substr(begin);
}

TEST_CASE("a mapping may be written in many ways") {
  struct Case {
    const char* line;
    const char* mapping;
  };

  for (const Case& each : {
           Case{"1000-3000 r-xp 00000200 08:01 77  /bin/a b\n",
                "0x1000-0x3000+0x200 /bin/a "},
           Case{"  0x1000-0x3000: /bin/a\n", "0x1000-0x3000+0x0 /bin/a "},
           Case{"1000 3000 /bin/a (@2f0) abc123\n",
                "0x1000-0x3000+0x2f0 /bin/a abc123"},
           Case{"1000-3000: r-xp /bin/a (@2f0)\n",
                "0x1000-0x3000+0x2f0 /bin/a "},
           Case{"I0101 server.cc:12] 1000-3000: /bin/a\n",
                "0x1000-0x3000+0x0 /bin/a "},
           Case{"build = /src\r\n1000-3000: $build/a\n",
                "0x1000-0x3000+0x0 /src/a "},
           Case{"1000-3000\n", "0x1000-0x3000+0x0  "},
       }) {
    CAPTURE(each.line);
    CHECK(mapping("0x2001", each.line) ==
          "mapping " + std::string(each.mapping) + " 0000\n");
  }
}

TEST_CASE("what is not executable, or no mapping, is passed over") {
  constexpr std::string_view k_everything =
      "mapping 0x0-0xffffffffffffffff+0x0   0000\n";
  for (const char* line :
       {"1000-3000 rw-p 00000000 08:01 77 /bin/a\n", "hello\n", "\n",
        "11112222333344445-11112222333344446: /bin/a\n", ""}) {
    CAPTURE(line);
    CHECK(mapping("0x2001", line) == k_everything);
  }
}

TEST_CASE("adjacent pieces of a file are one mapping") {
  CHECK(
      mapping("0x2001", "1000-2000: /bin/a\n2000-3000: /bin/a\n3000-4000:\n") ==
      "mapping 0x1000-0x4000+0x0 /bin/a  0000\n");
  CHECK(mapping("0x2001",
                "1000-2000: /bin/a (@100)\n2000-3000: /bin/a (@1100)\n") ==
        "mapping 0x1000-0x3000+0x100 /bin/a  0000\n");
  CHECK(mapping("0x2001",
                "1000-2000: /bin/a (@100)\n2000-3000: /bin/a (@100)\n") ==
        "mapping 0x1000-0x2000+0x100 /bin/a  0000\n"
        "mapping 0x2000-0x3000+0x100 /bin/a  0000\n");
  CHECK(mapping("0x2001", "1000-2000: /bin/a\n2000-3000: /bin/b\n") ==
        "mapping 0x1000-0x2000+0x0 /bin/a  0000\n"
        "mapping 0x2000-0x3000+0x0 /bin/b  0000\n");
}

TEST_CASE("the program is first, whatever the order") {
  CHECK(mapping("0x9001",
                "1000-2000: /lib/libc.so.6\n3000-4000: [vdso]\n"
                "5000-6000: /lib/x.so\n9000-a000: /bin/a\n") ==
        "mapping 0x9000-0xa000+0x0 /bin/a  0000\n"
        "mapping 0x3000-0x4000+0x0 [vdso]  0000\n"
        "mapping 0x5000-0x6000+0x0 /lib/x.so  0000\n"
        "mapping 0x1000-0x2000+0x0 /lib/libc.so.6  0000\n");
}

TEST_CASE("a program that was mapped anew is mended") {
  CHECK(mapping("0x500001", "401000-600000: /bin/a (@1000)\n") ==
        "mapping 0x400000-0x600000+0x0 /bin/a  0000\n");
  CHECK(mapping("0x500001",
                "400000-500000: /anon_hugepage\n500000-600000: /bin/a\n") ==
        "mapping 0x500000-0x600000+0x0 /bin/a  0000\n");
  CHECK(places("0x1501 0x2001 0x1", "2000-3000: /lib/a.so (@1000)\n") ==
        "location 0x1500 m0\nlocation 0x2000 m0\nlocation 0x0 m-1\n"
        "mapping 0x1000-0x3000+0x0 /lib/a.so  0000\n");
}

TEST_CASE("attributes: the first that fits, and of two the first value") {
  legacy::MapAttributes attributes;
  std::string storage;
  const auto replaced = [&](std::string_view line) {
    const auto text = attributes.replace(line, storage);
    return text ? std::string(*text) : "refused: " + text.error().why;
  };
  CHECK(replaced("$a") == "$a");
  attributes.define("no attribute");
  attributes.define("ab = 1=2 ");
  attributes.define("a=2");
  attributes.define("abc=3");
  attributes.define("a=4");
  CHECK(replaced("$ab $a $abc $$a $b $") == "1=2 2 1=2c $2 $b $");
  attributes.define("=e");
  attributes.define("=f");
  CHECK(replaced("$b$") == "ebe");

  legacy::MapAttributes large;
  large.define("a=" + std::string(60000, 'x'));
  std::string many;
  for (int i = 0; i < 20; ++i) {
    many += "$a";
  }
  const auto refused = large.replace(many, storage);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().why == "too much to replace in the memory map");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
