// SPDX-License-Identifier: MIT
#include "data.hpp"

#include "pprof/summary.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

using test::MessageBuilder;
using test::ProfileBuilder;

TEST_SUITE_BEGIN("pprof");

Summary summary_of(std::string_view body) {
  Result<Summary> summary = read_summary(body);
  if (!summary) {
    FAIL(summary.error().message);
  }
  return *summary;
}

std::string error_of(std::string_view body) {
  const Result<Summary> summary = read_summary(body);
  REQUIRE_FALSE(summary);
  CHECK(summary.error().kind == ErrorKind::malformed);
  return summary.error().message;
}

TEST_CASE("a summary holds what the profile says") {
  const Summary summary = summary_of(ProfileBuilder::go("cpu")
                                         .taken(1'700'000'000, 30)
                                         .comment("one")
                                         .comment("two")
                                         .default_sample_type("cpu")
                                         .sample({1, 10}, {"b", "main"})
                                         .sample({2, 20}, {"a", "main"})
                                         .sample({3, 30}, {"b", "a"})
                                         .sample({4, 40}, {})
                                         .gzip());

  CHECK(summary.content == Content::samples);
  CHECK(summary.sample_types ==
        std::vector<ValueType>{{"samples", "count"}, {"cpu", "nanoseconds"}});
  CHECK(summary.period_type == ValueType{"cpu", "nanoseconds"});
  CHECK(summary.period == 10'000'000);
  CHECK(summary.default_sample_type == "cpu");
  CHECK(summary.time_nanos == 1'700'000'000);
  CHECK(summary.duration_nanos == 30);
  CHECK(summary.samples == 4);
  CHECK(summary.mappings == 0);
  CHECK(summary.locations == 3);
  CHECK(summary.functions == 3);
  CHECK(summary.comments == std::vector<std::string>{"one", "two"});
  CHECK(summary.leaf_functions == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a summary of nothing but types is empty") {
  const Summary summary = summary_of(ProfileBuilder::go("mutex").raw());

  CHECK(summary.content == Content::empty);
  CHECK(summary.samples == 0);
  CHECK(summary.default_sample_type.empty());
  CHECK(summary.leaf_functions.empty());
  CHECK(summary.time_nanos == 0);
}

TEST_CASE("a trace is recognised and nothing more is known of it") {
  const Summary summary = summary_of(test::real("trace.trace"));

  CHECK(summary.content == Content::trace);
  CHECK(summary.sample_types.empty());
}

TEST_CASE("real profiles say what Go writes") {
  const Summary cpu = summary_of(test::real("cpu.pb.gz"));
  CHECK(cpu.period_type == ValueType{"cpu", "nanoseconds"});
  CHECK(cpu.period == 10'000'000);
  CHECK(cpu.duration_nanos > 900'000'000);
  CHECK(cpu.duration_nanos < 2'000'000'000);
  CHECK(cpu.time_nanos > 1'700'000'000'000'000'000);
  CHECK(cpu.samples > 0);
  CHECK(cpu.mappings > 0);
  CHECK(std::ranges::any_of(cpu.leaf_functions, [](std::string_view name) {
    return name == "main.spin" || name.starts_with("time.") ||
           name.starts_with("runtime.");
  }));

  const Summary heap = summary_of(test::real("heap.pb.gz"));
  CHECK(heap.sample_types == std::vector<ValueType>{{"alloc_objects", "count"},
                                                    {"alloc_space", "bytes"},
                                                    {"inuse_objects", "count"},
                                                    {"inuse_space", "bytes"}});
  CHECK(heap.period_type == ValueType{"space", "bytes"});
  CHECK(heap.period == 16384);
  CHECK(heap.default_sample_type.empty());
  CHECK(heap.locations > heap.functions / 2);

  const Summary allocs = summary_of(test::real("allocs.pb.gz"));
  CHECK(allocs.sample_types == heap.sample_types);
  CHECK(allocs.default_sample_type == "alloc_space");

  const Summary mutex = summary_of(test::real("mutex.pb.gz"));
  CHECK(mutex.sample_types == std::vector<ValueType>{{"contentions", "count"},
                                                     {"delay", "nanoseconds"}});
  CHECK(mutex.period_type == ValueType{"contentions", "count"});
  CHECK(std::ranges::count(mutex.leaf_functions, "sync.(*Mutex).Unlock") == 1);
}

TEST_CASE("the leaf of inlined functions is the innermost") {
  // Location 1 has the lines of functions 2 (inlined) and 1.
  MessageBuilder inner;
  inner.number(1, 2);
  MessageBuilder outer;
  outer.number(1, 1);
  MessageBuilder location;
  location.bytes(4, inner.str()).bytes(4, outer.str()).number(1, 1);
  MessageBuilder caller;
  caller.number(1, 7).bytes(4, outer.str());
  MessageBuilder sample;
  sample.number(1, 1).number(1, 7).number(2, 5);
  MessageBuilder value_type;
  value_type.number(1, 1).number(2, 1);
  MessageBuilder first;
  first.number(1, 1).number(2, 2);
  MessageBuilder second;
  second.number(1, 2).number(2, 3);
  MessageBuilder profile;
  profile.bytes(5, first.str()).bytes(5, second.str());
  profile.bytes(4, location.str()).bytes(4, caller.str());
  profile.bytes(2, sample.str()).bytes(1, value_type.str());
  profile.bytes(6, "").bytes(6, "x").bytes(6, "outer").bytes(6, "inner");

  const Summary summary = summary_of(profile.str());

  CHECK(summary.leaf_functions == std::vector<std::string>{"inner"});
  CHECK(summary.sample_types == std::vector<ValueType>{{"x", "x"}});
}

TEST_CASE("what cannot be resolved is malformed and said so") {
  for (const std::uint64_t index : {2U, 3U}) {
    MessageBuilder value_type;
    value_type.number(1, index).number(2, 1);
    MessageBuilder far;
    far.bytes(1, value_type.str()).bytes(6, "").bytes(6, "x");
    CHECK(error_of(far.str()) == "malformed profile: string index " +
                                     std::to_string(index) +
                                     " is out of range (2 strings)");
  }

  MessageBuilder negative;
  negative.bytes(1, "").number(14, ~std::uint64_t{0}).bytes(6, "");
  CHECK(error_of(negative.str()) ==
        "malformed profile: string index -1 is out of range "
        "(1 strings)");

  const std::string types = ProfileBuilder::go("cpu").raw();

  struct Row {
    std::uint32_t field;
    std::string_view content;
    std::string_view message;
  };

  for (const Row& row :
       {Row{1, "\x08", "malformed profile: invalid sample type"},
        Row{2, "\x0a\x05\x01", "malformed profile: invalid sample"},
        Row{2, "\x0a\x01\x80", "malformed profile: invalid sample"},
        Row{4, "\x22\x02\x08\x80", "malformed profile: invalid location"},
        Row{5, "\x07", "malformed profile: invalid function"},
        Row{11, "\xff", "malformed profile: invalid period type"},
        Row{13, "\xff", "malformed profile: invalid comment"}}) {
    CAPTURE(row.message);
    MessageBuilder message;
    message.bytes(row.field, row.content);
    CHECK(error_of(types + message.str()) == std::string(row.message) +
                                                 " at byte " +
                                                 std::to_string(types.size()));
  }
}

TEST_CASE("strangers are refused by name") {
  CHECK(error_of(test::real("heap_text.txt")) ==
        "not a profile but a heap profile in the legacy text format");
  CHECK(error_of(test::real("goroutine_dump.txt")) ==
        "not a profile but a goroutine dump (debug=2)");
  CHECK(error_of("") == "not a profile: the body is empty");
}

TEST_CASE("caps keep a hostile profile small") {
  std::string types;
  for (int i = 0; i < 10'001; ++i) {
    types += std::string("\x0a\0", 2);
  }
  CHECK(error_of(types) ==
        "malformed profile: invalid sample type at byte 20000");
  CHECK(summary_of(types.substr(2)).sample_types.size() == 10'000);

  const Summary commented =
      summary_of(MessageBuilder()
                     .bytes(1, "")
                     .packed(13, std::vector<std::uint64_t>(1000, 0))
                     .str());
  CHECK(commented.comments.size() == 64);

  ProfileBuilder many = ProfileBuilder::go("cpu");
  for (int i = 0; i < 5000; ++i) {
    many.sample({1, 1}, {"f" + std::to_string(i)});
  }
  CHECK(summary_of(many.raw()).leaf_functions.size() == 4096);

  CHECK_FALSE(read_summary(test::gzip(types), 100));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
