// SPDX-License-Identifier: MIT
#include "data.hpp"
#include "legacy_text.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

using test::described;
using test::samples_of;

TEST_CASE("contention is scaled by its period, cycles become nanoseconds") {
  CHECK(described("--- mutex:\n"
                  "cycles/second=2000000000\n"
                  " sampling period = 5 \n"
                  "ms since reset=0x10\n"
                  "discarded samples = whatever\n"
                  "\n"
                  "1000 2 @ 0x1001 0x2001\n"
                  "#\t0x1000\tmain.work+0x10\t/src/main.go:12\n"
                  "  7 1 @\n"
                  "--- anything\n"
                  "ignored\n") ==
        "type contentions/count\n"
        "type delay/nanoseconds\n"
        "default  doc  period contentions/count 5\n"
        "time 0 duration 16000000 drop  keep \n"
        "10 2500: 0 1\n"
        "5 17: \n"
        "location 0x1000 m0\n"
        "location 0x2000 m0\n"
        "mapping 0x0-0xffffffffffffffff+0x0   0000\n");
}

TEST_CASE("without a period or a clock numbers stay as they are") {
  CHECK(samples_of("--- contention:\n1000 2 @ 0x1\n") == "2 1000: 0\n");
  CHECK(samples_of("--- contentionz 1\nsampling period = 100\n"
                   "1000 2 @ 0x1\n") == "200 1000: 0\n");
  CHECK(samples_of("--- contentionz 1\nsampling period = 0\n"
                   "cycles/second = 1000\n1000 2 @ 0x1\n") == "2 1000: 0\n");
  CHECK(samples_of("--- contentionz 1\ncycles/second = 1\n"
                   "9223372036854775807 2 @ 0x1\n") ==
        "2 -9223372036854775808: 0\n");
  CHECK(samples_of("--- contention:\n123 @ 0x1\n") == "3 12: 0\n");
}

TEST_CASE("a damaged contention text is refused with its line") {
  struct Case {
    const char* text;
    const char* why;
  };

  for (const Case& each : {
           Case{"--- mutex:\ncycles = 7\n",
                "line 2: unknown attribute: \"cycles = 7\""},
           Case{"--- mutex:\ncycles/second = fast\n",
                "line 2: invalid number: \"cycles/second = fast\""},
           Case{"--- mutex:\nsampling period=1\n\n1000 at 0x1\n",
                "line 4: not a sample like \"1024 2 @ 0x401234\": \"1000 at "
                "0x1\""},
           Case{"--- mutex:\n1000 99999999999999999999 @ 0x1\n",
                "line 2: a number has more than 64 bits: \"1000 "
                "99999999999999999999 @ 0x1\""},
           Case{"--- mutex:\n1 1 @ 0x1 0x12345678901234567\n",
                "line 2: the address 0x12345678901234567 has more than 64 "
                "bits"},
       }) {
    CAPTURE(each.text);
    CHECK(described(each.text) ==
          std::string("malformed contention profile: ") + each.why);
  }
  CHECK(described("--- contentions\n") ==
        "not a profile but text: --- contentions");
}

TEST_CASE("the texts of real programs are read whole") {
  for (const char* file : {"block_text.txt", "mutex_text.txt"}) {
    CAPTURE(file);
    const auto profile = read_profile(test::real(file));
    REQUIRE_MESSAGE(profile, profile.error().message);
    CHECK(profile->sample_types.size() == 2);
    CHECK_FALSE(profile->samples.empty());
    CHECK(profile->strings.at(profile->drop_frames)
              .starts_with("RecordLockProfileData|(base::)?"));
    CHECK(profile->keep_frames == 0);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
