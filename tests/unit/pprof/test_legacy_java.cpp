// SPDX-License-Identifier: MIT
#include "legacy_text.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

using test::described;
using test::samples_of;

TEST_CASE("Java's heap is scaled up, its locations have lines") {
  CHECK(described("--- heapz 1 ---\n"
                  "format = java\n"
                  "resolution = bytes\n"
                  "\n"
                  "   7048   1 @ 0x1 0x2\n"
                  "128 2 @ 0x3 0x1 0x4\n"
                  "\n"
                  " 0x2 com.example.Main.run (Main.java:12)\n"
                  "0x0001 memcpy (/lib/x86_64-linux-gnu/libc.so.6)\n"
                  "0x3 generated stub/JIT\n"
                  "0x4 com.example.Main.run (Other.java:-1)\n"
                  "0x5 never.seen (x.java:1)\n"
                  "0x6\n"
                  "and so on\n") ==
        "type inuse_objects/count\n"
        "type inuse_space/bytes\n"
        "default  doc  period / 0\n"
        "time 0 duration 0 drop  keep \n"
        "74 527819: 0 1 bytes:7048\n"
        "16385 1048640: 2 0 3 bytes:64\n"
        "location 0x0 m-1 f0:0:0\n"
        "location 0x0 m-1 f1:12:0\n"
        "location 0x0 m-1 f2:0:0\n"
        "location 0x0 m-1 f1:0:0\n"
        "function memcpy (memcpy) libc.so.6:0\n"
        "function com.example.Main.run (com.example.Main.run) Main.java:0\n"
        "function STUB (STUB) :0\n");
}

TEST_CASE("Java's contention is multiplied by its period") {
  const std::string header = "--- contentionz 1 ---\nformat = java\n";
  CHECK(described(header + "resolution = microseconds\n"
                           "sampling period = 100\n"
                           "ms since reset = 6\n"
                           "  14   1 @ 0x3\n") ==
        "type contentions/count\n"
        "type delay/microseconds\n"
        "default  doc  period contentions/count 100\n"
        "time 0 duration 6000000 drop  keep \n"
        "100 1400: 0\n"
        "location 0x0 m0\n"
        "mapping 0x0-0xffffffffffffffff+0x0   0000\n");
  CHECK(samples_of(header + "resolution=us\n14 0x\n010 1 @ 0x3\n") == "");
  CHECK(samples_of(header + "resolution=us\n010 1 @ 0x3\n") == "1 8: 0\n");
}

TEST_CASE("a location may be named twice, and a last line have no end") {
  CHECK(described("--- heapz 1 ---\nresolution=bytes\n8 1 @ 0x1\n"
                  "0x1 first (a.java:1)\n0x1 second (b.java:2)")
            .ends_with("location 0x0 m-1 f0:2:0\n"
                       "function second (second) b.java:0\n"));
}

TEST_CASE("a damaged Java profile is refused with its line") {
  struct Case {
    const char* text;
    const char* why;
  };

  for (const Case& each : {
           Case{"--- heapz 1 ---\n\nformat = go\n",
                "line 3: the format is not java: \"format = go\""},
           Case{"--- heapz 1 ---\nsampling period = 1\n",
                "line 2: unknown attribute: \"sampling period = 1\""},
           Case{"--- contentionz 1 ---\nformat = java\nspeed = 1\n",
                "line 3: unknown attribute: \"speed = 1\""},
           Case{"--- contentionz 1 ---\nformat = java\n"
                "sampling period = often\n",
                "line 3: invalid number: \"sampling period = often\""},
           Case{"--- heapz 1 ---\nresolution = bytes\n8 0 @ 0x1\n",
                "line 3: bytes of no objects: \"8 0 @ 0x1\""},
           Case{"--- heapz 1 ---\nresolution = bytes\n08 1 @ 0x1\n",
                "line 3: invalid number: \"08 1 @ 0x1\""},
           Case{"--- heapz 1 ---\nresolution = bytes\n"
                "8 1 @ 0x12345678901234567\n",
                "line 3: an address has more than 64 bits: \"8 1 @ "
                "0x12345678901234567\""},
           Case{"--- heapz 1 ---\nformat = java\n8 1 @ 0x1\n",
                "no \"resolution=\" before the samples"},
       }) {
    CAPTURE(each.text);
    CHECK(described(each.text) ==
          std::string("malformed Java profile: ") + each.why);
  }
  CHECK(described("--- heapz 2 ---\n") ==
        "not a profile but a heap profile in the legacy text format");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
