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

TEST_CASE("Go's count texts have the profile's name as their type") {
  CHECK(described("\n# a comment\r\ngoroutine profile: total 3\r\n"
                  "2 @ 0x1001 0x2001\r\n"
                  "# labels: {\"a\":\"b\"}\n"
                  "#\t0x1000\tmain.work+0x10\t/src/main.go:12\n"
                  "\n"
                  "010 @ 0x2001\n") ==
        "type goroutine/count\n"
        "default  doc  period goroutine/count 1\n"
        "time 0 duration 0 drop  keep \n"
        "2: 0 1\n"
        "8: 1\n"
        "location 0x1000 m0\n"
        "location 0x2000 m0\n"
        "mapping 0x0-0xffffffffffffffff+0x0   0000\n");
  CHECK(described("my.own/thing profile: total 0\n") ==
        "type my.own/thing/count\n"
        "default  doc  period my.own/thing/count 1\n"
        "time 0 duration 0 drop  keep \n");
}

TEST_CASE("another section ends the samples") {
  CHECK(samples_of("threadcreate profile: total 1\n1 @ 0x11\n"
                   "--- something else\n2 @@\n") == "1: 0\n");
}

TEST_CASE("a damaged count text is refused with its line") {
  struct Case {
    const char* line;
    const char* why;
  };

  const std::string like = "not a sample like \"2 @ 0x401234\": ";
  for (const Case& each : {
           Case{"2 @", "\"2 @\""},
           Case{"2", "\"2\""},
           Case{"2  @ 0x1", "\"2  @ 0x1\""},
           Case{" 2 @ 0x1", "\" 2 @ 0x1\""},
           Case{"x @ 0x1", "\"x @ 0x1\""},
           Case{"2 @ 0x", "\"2 @ 0x\""},
           Case{"2 @ 0xAB", "\"2 @ 0xAB\""},
           Case{"2 @ 0x1 ", "\"2 @ 0x1 \""},
           Case{"2 @ 0x1  0x2", "\"2 @ 0x1  0x2\""},
       }) {
    CAPTURE(each.line);
    CHECK(described(std::string("goroutine profile: total 9\n1 @ 0x5\n") +
                    each.line + "\n") ==
          "malformed profile: line 3: " + like + each.why);
  }
  CHECK(described("goroutine profile: total 9\n09 @ 0x1\n") ==
        "malformed profile: line 2: invalid number of samples: \"09 @ 0x1\"");
  CHECK(described("goroutine profile: total 9\n1 @ 0x11111222223333344\n") ==
        "malformed profile: line 2: the address 0x11111222223333344 has more "
        "than 64 bits");
  CHECK(described("goroutine profile: total 9\n" + std::string(65536, '#')) ==
        "malformed profile: line 2: longer than 65535 bytes");
  CHECK(samples_of("goroutine profile: total 9\n" + std::string(65535, '#') +
                   "\n1 @ 0x1\n") == "1: 0\n");
}

TEST_CASE("a dump of stacks is no profile") {
  CHECK(described(test::real("goroutine_dump.txt")) ==
        "not a profile but a goroutine dump (debug=2)");
  CHECK(described("goroutine profile: total many\n") ==
        "not a profile but a goroutine profile in Go's text format (debug=1)");
}

TEST_CASE("the text of a real program is read whole") {
  const auto profile = read_profile(test::real("goroutine_text.txt"));

  REQUIRE_MESSAGE(profile, profile.error().message);
  CHECK(profile->sample_types.size() == 1);
  CHECK_FALSE(profile->samples.empty());
  CHECK(profile->strings.at(profile->drop_frames) ==
        "ProfileData::Add|ProfileData::prof_handler|CpuProfiler::prof_handler|"
        "__pthread_sighandler|__restore");
  CHECK(profile->keep_frames == 0);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
