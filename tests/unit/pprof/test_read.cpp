// SPDX-License-Identifier: MIT
#include "data.hpp"

#include "pprof/read.hpp"
#include "support/describe_profile.hpp"
#include "support/full_profile.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

using test::MessageBuilder;

/// The complaint about a profile with one sample type, `parts` and the strings
/// "" and "x".
std::string complaint(const MessageBuilder& parts) {
  const std::string body = MessageBuilder().bytes(1, "").str() + parts.str() +
                           MessageBuilder().bytes(6, "").bytes(6, "x").str();
  const auto profile = read_profile(body);
  REQUIRE_FALSE(profile);
  CHECK(profile.error().kind == ErrorKind::malformed);
  return profile.error().message;
}

MessageBuilder part(std::uint32_t field, const MessageBuilder& message) {
  return MessageBuilder().bytes(field, message.str());
}

constexpr std::string_view k_full = R"(type samples/count
type cpu/nanoseconds
default cpu doc https://doc period cpu/nanoseconds 10000000
time 1700000000000000000 duration 30000000000 drop runtime.* keep main.*
comment a comment
comment another
3 30000000: 0 1 color=red size:64kilobytes size:1
1 -1: 1
location 0x400123 m0 folded f0:12:3 f1:44:5
location 0x7fff0010 m1
function main.leaf (main.leaf.sys) leaf.go:10
function main.main (main.main) main.go:40
mapping 0x400000-0x800000+0x1000 /bin/prog abc123 1111
mapping 0x7fff0000-0x0+0x0 [vdso]  0000
)";

TEST_CASE("every field of the format is read, ids and references resolved") {
  const std::string message = test::full_profile_message();

  for (const std::string& body : {message, test::gzip(message)}) {
    const auto profile = read_profile(body);

    REQUIRE_MESSAGE(profile, profile.error().message);
    CHECK(test::describe(*profile) == k_full);
  }
}

TEST_CASE("a profile in several gzip members is one profile") {
  const std::string message = test::full_profile_message();
  const std::string body =
      test::gzip(message.substr(0, 100)) + test::gzip(message.substr(100));

  const auto profile = read_profile(body);

  REQUIRE_MESSAGE(profile, profile.error().message);
  CHECK(test::describe(*profile) == k_full);
}

TEST_CASE("a gzip header may have all that there is, and its checksum holds") {
  const std::string message = test::full_profile_message();

  const auto profile = read_profile(test::gzip_with_full_header(message));
  REQUIRE_MESSAGE(profile, profile.error().message);
  CHECK(test::describe(*profile) == k_full);

  const auto broken = read_profile(test::gzip_with_full_header(message, 1));
  REQUIRE_FALSE(broken);
  CHECK(broken.error().message ==
        "malformed profile: corrupt gzip data at byte 32: header crc mismatch");
}

TEST_CASE("fields that nobody knows may come first, and everywhere") {
  MessageBuilder unknown;
  unknown.number(0, 7).bytes(0, "x").number(16, 1).bytes(4711, "new");
  unknown.varint(~std::uint64_t{0} << 3).varint(1);  // the largest number
  const std::string message = unknown.str() + test::full_profile_message();

  for (const std::string& body : {message, test::gzip(message)}) {
    const auto profile = read_profile(body);
    REQUIRE_MESSAGE(profile, profile.error().message);
    CHECK(test::describe(*profile) == k_full);
  }
  const std::string location =
      MessageBuilder().bytes(0, "x").number(1, 1).bytes(9, "y").str();
  CHECK(read_profile(MessageBuilder()
                         .bytes(1, unknown.str())
                         .bytes(4, location)
                         .bytes(6, "")
                         .str()));
}

TEST_CASE("ids are kept when they are not 1, 2, 3") {
  const auto with_id = [](std::uint64_t id) {
    return MessageBuilder().number(1, id);
  };
  MessageBuilder message;
  message.bytes(1, "").bytes(6, "");
  for (const std::uint64_t id : {1U, 2U, 9U, 3U}) {
    message.bytes(4, with_id(id).str());
  }
  message.bytes(3, with_id(1).str()).bytes(3, with_id(2).str());

  const auto profile = read_profile(message.str());

  REQUIRE_MESSAGE(profile, profile.error().message);
  CHECK(profile->location_ids == std::vector<std::uint64_t>{1, 2, 9, 3});
  CHECK(profile->mapping_ids.empty());
}

TEST_CASE("labels come texts first, by key, those of one key in order") {
  const auto label = [](std::uint64_t key, std::uint64_t text,
                        std::uint64_t number) {
    return MessageBuilder().number(1, key).number(2, text).number(3, number);
  };
  MessageBuilder sample;
  sample.number(2, 1);
  for (const auto& each : {label(1, 0, 2), label(2, 1, 0), label(1, 0, 1),
                           label(1, 2, 0), label(1, 1, 0), label(2, 0, 0)}) {
    sample.bytes(3, each.str());
  }
  const std::string body = MessageBuilder()
                               .bytes(1, "")
                               .bytes(2, sample.str())
                               .bytes(6, "")
                               .bytes(6, "b")
                               .bytes(6, "a")
                               .str();

  const auto profile = read_profile(body);

  REQUIRE_MESSAGE(profile, profile.error().message);
  CHECK(test::describe_samples(*profile) == "1:  a=b b=a b=b b:2 b:1\n");
}

TEST_CASE("a label that names an empty string says nothing") {
  const auto label = [](std::uint32_t field) {
    return MessageBuilder().number(1, 1).number(field, 2).str();
  };
  const std::string body = MessageBuilder()
                               .bytes(1, "")
                               .bytes(2, MessageBuilder()
                                             .number(2, 1)
                                             .bytes(3, label(2))
                                             .bytes(3, label(4))
                                             .str())
                               .bytes(6, "")
                               .bytes(6, "key")
                               .bytes(6, "")
                               .str();
  const auto profile = read_profile(body);
  REQUIRE_MESSAGE(profile, profile.error().message);
  CHECK(profile->labels.empty());
}

TEST_CASE("what refers to nothing is named") {
  const auto id = [](std::uint64_t number) {
    return MessageBuilder().number(1, number);
  };
  const auto line = [](std::uint64_t function) {
    return MessageBuilder().number(1, function).str();
  };

  struct Case {
    MessageBuilder parts;
    std::string_view message;
  };

  const Case cases[] = {
      {part(2, id(9).number(2, 1)), "sample 1 refers to missing location 9"},
      {part(2, MessageBuilder()), "sample 1 has 0 values for 1 sample types"},
      {part(2, MessageBuilder().number(2, 1).number(2, 1).number(2, 1)),
       "sample 1 has more values than there are sample types (1)"},
      {part(4, id(8).bytes(4, line(3))),
       "location 8 refers to missing function 3"},
      {part(4, id(8).bytes(4, line(0))),
       "location 8 refers to missing function 0"},
      {part(4, id(0)), "location with id 0"},
      {part(3, MessageBuilder()), "mapping with id 0"},
      {part(5, MessageBuilder()), "function with id 0"},
      {part(5, id(70)).bytes(5, id(70).str()), "duplicate function id 70"},
      {part(3, id(1)).bytes(3, id(1).str()), "duplicate mapping id 1"},
      {part(4, id(1)).bytes(4, id(1).str()), "duplicate location id 1"},
      {part(5, id(1).number(2, 2)),
       "string index 2 is out of range (2 strings)"},
      {MessageBuilder().number(14, 77),
       "string index 77 is out of range (2 strings)"},
      {MessageBuilder().number(9, 1).number(9, 2),
       "concatenated profiles detected"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.message);
    CHECK(complaint(each.parts) ==
          "malformed profile: " + std::string(each.message));
  }
}

TEST_CASE("a location may name a mapping that is not there, as in pprof") {
  const std::string body =
      MessageBuilder()
          .bytes(1, "")
          .bytes(4, MessageBuilder().number(1, 1).number(2, 6).str())
          .bytes(6, "")
          .str();
  const auto profile = read_profile(body);
  REQUIRE_MESSAGE(profile, profile.error().message);
  CHECK(profile->locations[0].mapping == k_none);
}

TEST_CASE("malformed parts are named with the byte at which they begin") {
  CHECK(complaint(part(2, MessageBuilder().varint(0x0f))) ==
        "malformed profile: invalid sample at byte 2");
  CHECK(complaint(part(4, MessageBuilder().bytes(1, "x"))) ==
        "malformed profile: invalid location at byte 2");
  CHECK(complaint(MessageBuilder().bytes(5, "\x08\x01").bytes(5, "\x08")) ==
        "malformed profile: invalid function at byte 6");
  CHECK(read_profile(MessageBuilder().bytes(1, "").bytes(6, "x").str())
            .error()
            .message ==
        "malformed profile: the first entry of the string table is not empty");
  CHECK(read_profile(MessageBuilder().bytes(1, "").str()).error().message ==
        "malformed profile: no string table; it ends after 2 bytes and "
        "may be truncated");
}

TEST_CASE("more than the limits allow is refused, and what there is named") {
  const std::string body = test::full_profile_message();
  const auto message = [&](const ReadLimits& limits) {
    const auto profile = read_profile(body, limits);
    return profile ? std::string("fine") : profile.error().message;
  };
  // Two locations, and one of them has two lines.
  CHECK(message({.max_count = 23, .max_depth = 3, .max_frames = 4}) == "fine");
  CHECK(message({.max_count = 22}) ==
        "profile too large: more than 22 strings");
  CHECK(message({.max_count = 1}) == "profile too large: more than 1 samples");
  CHECK(message({.max_depth = 2}) ==
        "profile too large: the stack of sample 1 has more than 2 frames");
  CHECK(message({.max_frames = 3}) ==
        "profile too large: more than 3 frames in all stacks");
  CHECK(message({.max_sample_types = 1}) ==
        "profile too large: more than 1 sample types");
  CHECK(message({.max_message_bytes = 100}) ==
        "profile too large: more than 0 MiB");
}

TEST_CASE("a trace is named, and what opens it") {
  CHECK(read_profile(test::real("trace.trace")).error().message ==
        "not a profile but a Go runtime trace; open it with `go tool trace "
        "FILE`");
}

TEST_CASE("profiles of a real program are read whole") {
  struct Case {
    const char* file;
    std::size_t types;
  };

  for (const Case& each :
       {Case{"cpu.pb.gz", 2}, Case{"heap.pb.gz", 4}, Case{"allocs.pb.gz", 4},
        Case{"block.pb.gz", 2}, Case{"mutex.pb.gz", 2},
        Case{"goroutine.pb.gz", 1}, Case{"threadcreate.pb.gz", 1},
        Case{"heap_delta.pb.gz", 4}}) {
    CAPTURE(each.file);
    const auto profile = read_profile(test::real(each.file));
    REQUIRE_MESSAGE(profile, profile.error().message);
    CHECK(profile->sample_types.size() == each.types);
    CHECK_FALSE(profile->samples.empty());
    CHECK_FALSE(profile->mappings.empty());
    CHECK(profile->values.size() == profile->samples.size() * each.types);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
