// SPDX-License-Identifier: MIT
#include "data.hpp"
#include "legacy_text.hpp"

#include "pprof/legacy/heap_sampling.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

using test::described;
using test::samples_of;

constexpr std::string_view k_heap =
    R"(heap profile: 3: 192 [5: 320] @ heap/1048576
2: 128 [3: 192] @ 0x1001 0x2001
#	0x1000	main.work+0x20	/src/main.go:12

1: 64 [2: 128] @ 0x3001 0x2001

# runtime.MemStats
# Alloc = 1234
)";

constexpr std::string_view k_heap_read = R"(type alloc_objects/count
type alloc_space/bytes
type inuse_objects/count
type inuse_space/bytes
default  doc  period space/bytes 524288
time 0 duration 0 drop  keep 
24577 1572960 16385 1048640: 0 1 bytes:64
16385 1048640 8192 524320: 2 1 bytes:64
location 0x1000 m0
location 0x2000 m0
location 0x3000 m0
mapping 0x0-0xffffffffffffffff+0x0   0000
)";

TEST_CASE("Go's heap text: samples scaled up, return addresses less 1") {
  CHECK(described(k_heap) == k_heap_read);
  CHECK(described(test::gzip(std::string(k_heap))) == k_heap_read);
}

TEST_CASE("the header says what the numbers are") {
  struct Case {
    const char* header;
    const char* types;
    const char* period;
    const char* sample;
  };

  const std::string two = "type objects/count\ntype space/bytes\n";
  for (const Case& each : {
           Case{"heap profile: 4: 4096 [4: 4096] @ heap/1024", "", "512",
                "4 4737: 0 bytes:1024\n"},
           Case{"heap profile: 4: 4096 [0: 0] @ heap_v2/512", "", "512",
                "4 4737: 0 bytes:1024\n"},
           Case{"heap profile: 4: 4096 [0: 0] @ heapz_v2/512", "", "512",
                "4 4737: 0 bytes:1024\n"},
           Case{"heap profile:   4:  4096 [  0:  0]@heapprofile", "", "1",
                "4 4096: 0 bytes:1024\n"},
           Case{"heap profile: 4: 4096 [4: 4096] @ heap", "", "0",
                "4 4096: 0 bytes:1024\n"},
           Case{"heap profile: 4: 4096 [4: 4096] @ growthz", "", "1",
                "4 4096: 0 bytes:1024\n"},
           Case{"heap profile: 4: 4096 [9: 9999] @ fragmentationz", "", "1",
                "4 4096: 0 bytes:1024\n"},
       }) {
    CAPTURE(each.header);
    const std::string text =
        std::string(each.header) + "\n  4: 4096 [4: 4096] @ 0x11\n";
    const std::string all = described(text);
    CHECK(all.starts_with(two));
    CHECK(all.contains(fmt::format("period space/bytes {}\n", each.period)));
    CHECK(samples_of(text) == each.sample);
  }
}

TEST_CASE("the size of a block is that of what is in use, if anything is") {
  CHECK(samples_of("heap profile: 1: 1 [2: 2] @ heapprofile\n"
                   "0: 0 [4: 40] @ 0x11\n"
                   "2: 60 [4: 40] @ 0x11\n"
                   "0: 0 [0: 0] @\n"
                   "-2: -60 [4: 40] @ 0x0\n") ==
        "4 40 0 0: 0 bytes:10\n"
        "4 40 2 60: 0 bytes:30\n"
        "0 0 0 0:  bytes:0\n"
        "4 40 -2 -60: 1 bytes:30\n");
}

TEST_CASE("of blocks that were not all samples each counts for many") {
  using legacy::Blocks;
  using legacy::unsampled;

  struct Case {
    Blocks sampled;
    std::int64_t rate;
    Blocks all;
  };

  constexpr std::int64_t k_rate = 524288;
  constexpr std::int64_t k_most = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t k_least = std::numeric_limits<std::int64_t>::min();
  for (const Case& each :
       {Case{{2, 128}, k_rate, {16385, 1048640}},
        Case{{1, 1048576}, k_rate, {1, 1212696}},
        Case{{1, 7048}, k_rate, {74, 527819}}, Case{{0, 0}, k_rate, {0, 0}},
        Case{{3, 0}, k_rate, {0, 0}}, Case{{3, 30}, 1, {3, 30}},
        Case{{3, 30}, 0, {3, 30}}, Case{{3, 30}, -5, {3, 30}},
        Case{{k_most, 1}, k_most, {k_least, k_least}}}) {
    CAPTURE(each.sampled.count);
    CAPTURE(each.rate);
    const Blocks all = unsampled(each.sampled, each.rate);
    CHECK(all.count == each.all.count);
    CHECK(all.bytes == each.all.bytes);
  }
}

TEST_CASE("a damaged heap text is refused with its line") {
  struct Case {
    const char* text;
    const char* complaint;
  };

  for (const Case& each : {
           Case{"heap profile: 1: 2 [3: 4]\n",
                "malformed heap profile: line 1: invalid header: \"heap "
                "profile: 1: 2 [3: 4]\""},
           Case{"heap profile: 1: 2 [3: 4] @ heaps/12\n",
                "malformed heap profile: line 1: unknown kind of heap "
                "profile: \"heap profile: 1: 2 [3: 4] @ heaps/12\""},
           Case{"heap profile: 1: 2 [3: 4] @ heap/99999999999999999999\n",
                "malformed heap profile: line 1: the sampling rate is too "
                "large: \"heap profile: 1: 2 [3: 4] @ "
                "heap/99999999999999999999\""},
           Case{"heap profile: 1: 2 [3: 4] @ heap/2\n\n1: 2 [3: 4]\n",
                "malformed heap profile: line 3: not a sample like \"1: 64 "
                "[2: 128] @ 0x401234\": \"1: 2 [3: 4]\""},
           Case{"heap profile: 1: 2 [3: 4] @ heap/2\n0: 2 [3: 4] @ 0x1\n",
                "malformed heap profile: line 2: bytes of no blocks: \"0: 2 "
                "[3: 4] @ 0x1\""},
           Case{"heap profile: 1: 2 [3: 4] @ heap/2\n"
                "1: 2 [3: 99999999999999999999] @ 0x1\n",
                "malformed heap profile: line 2: a number has more than 64 "
                "bits: \"1: 2 [3: 99999999999999999999] @ 0x1\""},
           Case{"heap profile: 1: 2 [3: 4] @ heap/2\n"
                "1: 2 [3: 4] @ 0x12345678901234567\n",
                "malformed heap profile: line 2: the address "
                "0x12345678901234567 has more than 64 bits"},
       }) {
    CAPTURE(each.text);
    CHECK(described(each.text) == each.complaint);
  }
}

TEST_CASE("what jemalloc writes is no heap profile to pprof, and so not here") {
  CHECK(described("heap_v2/524288\n  t*: 1: 2 [0: 0]\n") ==
        "not a profile but a heap profile in jemalloc's text format");
}

TEST_CASE("the text of a real program is read whole") {
  const auto profile = read_profile(test::real("heap_text.txt"));

  REQUIRE_MESSAGE(profile, profile.error().message);
  CHECK(profile->sample_types.size() == 4);
  CHECK(profile->period == 16384);
  CHECK_FALSE(profile->samples.empty());
  CHECK(profile->strings.at(profile->drop_frames)
            .starts_with("calloc|cfree|malloc|free|memalign|"));
  CHECK(profile->strings.at(profile->keep_frames) ==
        R"(runtime\.panic|runtime\.reflectcall|runtime\.call[0-9]*)");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
