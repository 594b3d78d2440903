// SPDX-License-Identifier: MIT
#include "data.hpp"

#include "pprof/merge.hpp"
#include "pprof/read.hpp"
#include "support/describe_profile.hpp"
#include "support/text_profile.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

using test::stacks_of;
using test::TextProfile;

Profile sum_of(const std::vector<Profile>& profiles) {
  auto sum = merge(profiles);
  REQUIRE_MESSAGE(sum, sum.error().message);
  return *std::move(sum);
}

Profile real(const std::string& name) {
  auto profile = read_profile(test::real(name));
  REQUIRE(profile);
  return *std::move(profile);
}

TEST_CASE("samples of equal stacks and labels become one, first seen first") {
  TextProfile a;
  a.sample({1}, {"work", "main"}).sample({2}, {"idle"}).label("k", "v");
  TextProfile b;
  b.sample({4}, {"other"}).sample({8}, {"idle"}).label("k", "v");
  b.sample({16}, {"work", "main"}).sample({32}, {"idle"}).label("k", "w");

  const Profile sum = sum_of({*a, *b});

  CHECK(stacks_of(sum) ==
        "17: work < main\n10: idle k=v\n4: other\n32: idle k=w\n");
  CHECK(sum.functions.size() == 4);
  CHECK(sum.strings.at(sum.functions[3].name) == "other");
}

TEST_CASE("what is 0 goes, with what only it named") {
  TextProfile a;
  a.sample({0}, {"never"}).sample({3}, {"gone", "main"}).sample({1}, {"main"});
  TextProfile b;
  b.sample({-3}, {"gone", "main"});

  const Profile sum = sum_of({*a, *b});

  CHECK(stacks_of(sum) == "1: main\n");
  CHECK(sum.functions.size() == 1);
  CHECK(sum.locations.size() == 1);
}

TEST_CASE("headers combine as pprof's do") {
  TextProfile a;
  a->time_nanos = 20;
  a->duration_nanos = 5;
  a->period = 10;
  a->comments = {a.text("one"), a.text("two")};
  TextProfile b;
  b->time_nanos = 10;
  b->duration_nanos = 7;
  b->period = 100;
  b->comments = {b.text("two"), b.text("three")};
  b->default_sample_type = b.text("cpu");
  b->doc_url = b.text("https://doc");
  b->drop_frames = b.text("not the first's");

  CHECK(test::describe(sum_of({*a, *b})) == R"(type cpu/nanoseconds
default cpu doc https://doc period cpu/nanoseconds 100
time 10 duration 12 drop  keep 
comment one
comment two
comment three
)");
}

TEST_CASE("addresses move with a mapping of the same build and size") {
  const auto profile = [](std::uint64_t start, std::string_view build_id,
                          std::uint64_t bytes) {
    TextProfile made;
    made.sample({1}, {"f"});
    made->mappings = {{.start = start,
                       .limit = start + bytes,
                       .file = made.text("/bin/prog"),
                       .build_id = made.text(build_id)}};
    made->locations[0].mapping = 0;
    made->locations[0].address = start + 0x20;
    return *made;
  };
  const Profile first = profile(0x400000, "abc", 0x1000);

  const Profile moved = sum_of({first, profile(0x700000, "abc", 0xfff)});
  CHECK(stacks_of(moved) == "2: f\n");
  CHECK(moved.locations[0].address == 0x400020);

  CHECK(sum_of({first, profile(0x400000, "other", 0x1000)}).mappings.size() ==
        2);
  CHECK(sum_of({first, profile(0x400000, "abc", 0x1001)}).samples.size() == 2);
}

TEST_CASE("the first mapping stays the first, whoever is named first") {
  TextProfile made;
  made.sample({1}, {"f"});
  made->mappings = {{.file = made.text("/bin/prog")},
                    {.file = made.text("/lib/unused")},
                    {.file = made.text("/lib/libc")}};
  made->locations[0].mapping = 2;

  const Profile sum = sum_of({*made});

  REQUIRE(sum.mappings.size() == 2);
  CHECK(sum.strings.at(sum.mappings[0].file) == "/bin/prog");
  CHECK(sum.locations[0].mapping == 1);
}

TEST_CASE("of inlined lines only the outermost's column tells apart") {
  const auto profile = [](std::int64_t inner, std::int64_t outer) {
    TextProfile made;
    made.sample({1}, {"a|b"});
    made->lines[0].column = inner;
    made->lines[1].column = outer;
    return *made;
  };
  CHECK(sum_of({profile(1, 5), profile(2, 5)}).samples.size() == 1);
  CHECK(sum_of({profile(1, 5), profile(1, 6)}).samples.size() == 2);
}

TEST_CASE("merging is associative and, but for the order, commutative") {
  const std::vector<Profile> heaps = {real("heap.pb.gz"), real("allocs.pb.gz"),
                                      real("heap_delta.pb.gz")};
  const Profile all = sum_of(heaps);
  const Profile left = sum_of({sum_of({heaps[0], heaps[1]}), heaps[2]});
  const Profile right = sum_of({heaps[0], sum_of({heaps[1], heaps[2]})});
  const Profile turned = sum_of({heaps[2], heaps[1], heaps[0]});

  CHECK(test::describe(all) == test::describe(left));
  CHECK(test::describe(all) == test::describe(right));
  CHECK(turned.samples.size() == all.samples.size());
  CHECK(test::describe(sum_of({all})) == test::describe(all));
}

TEST_CASE("what cannot be added up is named on both sides") {
  TextProfile cpu;
  TextProfile space("space", "bytes");
  const auto sum = merge(std::vector{*cpu, *space});
  REQUIRE_FALSE(sum);
  CHECK(sum.error().message ==
        "the profiles have different period types: cpu/nanoseconds and "
        "space/bytes");
  space->period_type = {space.text("cpu"), space.text("nanoseconds")};
  const auto again = merge(std::vector{*cpu, *space});
  REQUIRE_FALSE(again);
  CHECK(again.error().message ==
        "the profiles have different sample types: cpu/nanoseconds and "
        "space/bytes");
  CHECK(merge({}).error().kind == ErrorKind::usage);
}

TEST_CASE("a single source is taken as it is") {
  TextProfile made;
  made.sample({0}, {"never"});
  Combiner combiner;
  REQUIRE(combiner.add(*made));
  const auto sum = combiner.finish();
  REQUIRE(sum);
  CHECK(stacks_of(*sum) == "0: never\n");
  CHECK_FALSE(combiner.finish());
}

TEST_CASE("sources come to common sample types and to the finest unit") {
  TextProfile a("cpu", "milliseconds");
  a.type("samples", "count").sample({3, 1}, {"f"});
  a->period = 10;
  TextProfile b("cpu", "nanoseconds");
  b->sample_types = {{b.text("extra"), b.text("bytes")}, b->sample_types[0]};
  b->default_sample_type = b.text("extra");
  b.sample({77, 5}, {"f"});
  b->period = 100;

  Combiner combiner;
  REQUIRE(combiner.add(*a));
  REQUIRE(combiner.add(*b));
  const auto sum = combiner.finish();

  REQUIRE(sum);
  CHECK(stacks_of(*sum) == "3000005: f\n");
  CHECK(sum->strings.at(sum->sample_types[0].unit) == "nanoseconds");
  CHECK(sum->strings.at(sum->default_sample_type) == "cpu");
  CHECK(sum->period == 10'000'000);
}

TEST_CASE("what all sources have in common is found before any is scaled") {
  // Between the first two there are times, which the third does not have: a
  // value of theirs that is 0 must not take its sample along.
  TextProfile fine("objects", "count");
  fine.type("cpu", "microseconds").sample({2, 5}, {"f"});
  TextProfile coarse("objects", "count");
  coarse.type("cpu", "milliseconds").sample({1000, 0}, {"f"});
  TextProfile objects("objects", "count");
  objects.sample({0}, {"f"});
  std::vector<const Profile*> order = {&*fine, &*coarse, &*objects};
  std::ranges::sort(order);
  do {
    Combiner combiner;
    for (const Profile* profile : order) {
      REQUIRE(combiner.add(*profile));
    }
    const auto sum = combiner.finish();
    REQUIRE(sum);
    CHECK(stacks_of(*sum) == "1002: f\n");
  } while (std::ranges::next_permutation(order).found);
}

TEST_CASE("sources without a common sample type, or unit, are refused") {
  const auto message = [](Profile a, Profile b) {
    Combiner combiner;
    REQUIRE(combiner.add(std::move(a)));
    const auto added = combiner.add(std::move(b));
    REQUIRE_FALSE(added);
    return added.error().message;
  };
  CHECK(message(*TextProfile("cpu", "ms"), *TextProfile("space", "bytes")) ==
        "the profiles have no sample type in common: cpu/ms and space/bytes; "
        "use profiles of the same kind");
  CHECK(message(*TextProfile("cpu", "ms"), *TextProfile("cpu", "bytes")) ==
        "period type: cpu/ms and cpu/bytes cannot be merged");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
