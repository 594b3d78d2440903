// SPDX-License-Identifier: MIT
#include "legacy_text.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

using test::described;
using test::samples_of;

constexpr std::string_view k_threads = R"(
--- threadz 1 ---
some words

--- Thread 7f70 (name: main/14748) stack: ---
  PC:  0x1000: helper(arg *)
  0x2001: main
--- Thread 7f71 (name: one/14751) stack: ---
  PC:  0x1001 0x1001
  0x2001
      creator: 0x3001
--- Thread 7f72 (name: two/14752) stack: ---
  [same as previous thread] 0x9999
--- Thread 7f73 (name: a/b/3) stack: ---

--- Memory map: ---
  1000-3000: /bin/server
)";

TEST_CASE("a thread is a sample, and so is each that is the same") {
  CHECK(described(k_threads) ==
        "type thread/count\n"
        "default  doc  period thread/count 1\n"
        "time 0 duration 0 drop  keep \n"
        "1: 0 1\n"
        "3: 2 1 3\n"
        "location 0x1000 m0\n"
        "location 0x2000 m0\n"
        "location 0x1001 m0\n"
        "location 0x3000 m1\n"
        "mapping 0x1000-0x3000+0x0 /bin/server  0000\n"
        "mapping 0x0-0xffffffffffffffff+0x0   0000\n");
}

TEST_CASE("threads without stacks end the profile, and need no memory map") {
  CHECK(samples_of("--- Thread 1 (name: a/1) stack: ---\n 0x10 0x21\n"
                   "---- no stack trace for 3 threads\n"
                   "--- Thread nonsense\n") == "1: 0 1\n");
}

TEST_CASE("a damaged text of threads is refused with its line") {
  const std::string neither =
      "neither \"--- Thread ID (name: NAME/NUMBER) stack: ---\" nor \"--- "
      "Memory map: ---\"";
  CHECK(described("--- threadz 1 ---\n\n--- Thread x\n") ==
        "malformed thread profile: line 3: " + neither);
  CHECK(described("--- Thread 1 (name: a/1) stack: ---\n 0x10\n") ==
        "malformed thread profile: line 2: " + neither);
  CHECK(described("--- Thread 1 (name: a/1) stack: ---\n"
                  "0x12345678901234567\n") ==
        "malformed thread profile: line 2: the address 0x12345678901234567 "
        "has more than 64 bits");
  CHECK(described("--- threadz ---\n") ==
        "not a profile but a thread profile in the legacy text format");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
