// SPDX-License-Identifier: MIT
#include "pprof/wire/field_walker.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

using test::MessageBuilder;
using test::ProfileBuilder;

TEST_SUITE_BEGIN("pprof");

std::string two_samples() {
  return ProfileBuilder::go("cpu")
      .sample({1, 10'000'000}, {"main.work", "main.main"})
      .sample({2, 20'000'000}, {"main.main"})
      .raw();
}

TEST_CASE("samples and sample types are counted") {
  FieldWalker walker(FieldWalker::Into::samples);

  CHECK(walker.feed(two_samples()));

  CHECK(walker.at_field_end());
  CHECK(walker.counts().samples == 2);
  CHECK(walker.has_sample_types());
  CHECK(walker.offset() == two_samples().size());
}

TEST_CASE("it does not matter where the pieces are cut") {
  const std::string profile = two_samples();
  for (std::size_t cut = 0; cut <= profile.size(); ++cut) {
    CAPTURE(cut);
    FieldWalker walker(FieldWalker::Into::samples);
    CHECK(walker.feed(std::string_view(profile).substr(0, cut)));
    CHECK(walker.feed(std::string_view(profile).substr(cut)));
    CHECK(walker.at_field_end());
    CHECK(walker.counts().samples == 2);
  }
  FieldWalker walker(FieldWalker::Into::samples);
  for (const char byte : profile) {
    CHECK(walker.feed({&byte, 1}));
  }
  CHECK(walker.counts().samples == 2);
}

TEST_CASE("what a message holds is counted, in one piece and byte by byte") {
  const auto message = [] { return MessageBuilder(); };
  const std::string sample = message()
                                 .packed(1, {1, 300, 70'000})
                                 .number(1, 7)
                                 .packed(2, {1, ~std::uint64_t{0}})
                                 .number(2, 1'000'000'000'000)
                                 .bytes(3, "a label")
                                 .bytes(3, "")
                                 .number(9, 1)
                                 .bytes(10, "unknown")
                                 .str();
  const std::string profile = message()
                                  .bytes(1, "a type")
                                  .bytes(2, "")
                                  .bytes(2, sample)
                                  .bytes(3, "mapping")
                                  .bytes(4, std::string(20'000, 'l'))
                                  .bytes(5, "function")
                                  .bytes(6, "")
                                  .bytes(6, "text")
                                  .bytes(11, "a type")
                                  .packed(13, {1, 2})
                                  .number(13, 3)
                                  .str();
  const auto check = [](const FieldWalker& walker) {
    const ProfileCounts& counts = walker.counts();
    CHECK(walker.at_field_end());
    CHECK(counts.samples == 2);
    CHECK(counts.frames == 4);
    CHECK(counts.values == 3);
    CHECK(counts.labels == 2);
    CHECK(counts.mappings == 1);
    CHECK(counts.locations == 1);
    CHECK(counts.location_bytes == 20'000);
    CHECK(counts.functions == 1);
    CHECK(counts.strings == 2);
    CHECK(counts.string_bytes == 4);
    CHECK(counts.value_types == 2);
    CHECK(counts.comments == 3);
  };

  FieldWalker whole(FieldWalker::Into::samples);
  CHECK(whole.feed(profile));
  check(whole);
  FieldWalker bytewise(FieldWalker::Into::samples);
  for (const char byte : profile) {
    CHECK(bytewise.feed({&byte, 1}));
  }
  check(bytewise);
}

TEST_CASE("a sample is looked into only when that is wanted") {
  MessageBuilder message;
  message.bytes(2, "\x0a\x7fnot so long");
  FieldWalker walker(FieldWalker::Into::samples);
  CHECK_FALSE(walker.feed(message.str()));
  CHECK(walker.error() == "a field exceeds its sample");
  FieldWalker outside(FieldWalker::Into::none);
  CHECK(outside.feed(message.str()));
  CHECK(outside.at_field_end());
  CHECK(outside.counts().samples == 1);
}

TEST_CASE("the size that a field announces is known with its head") {
  MessageBuilder head;
  head.varint(6 << 3 | 2).varint(1'000'000);
  FieldWalker walker(FieldWalker::Into::samples);
  CHECK(walker.feed(head.str()));
  CHECK(walker.least_size() == 1'000'004);
  CHECK_FALSE(walker.at_field_end());
}

TEST_CASE("a sample counts as soon as its length is known") {
  MessageBuilder message;
  message.bytes(2, "some bytes of a sample");
  FieldWalker walker(FieldWalker::Into::samples);

  CHECK(walker.feed(message.str().substr(0, 1)));
  CHECK(walker.counts().samples == 0);
  CHECK(walker.feed(message.str().substr(1, 1)));
  CHECK(walker.counts().samples == 1);
  CHECK_FALSE(walker.at_field_end());
}

TEST_CASE("unknown fields of any wire type are passed over") {
  MessageBuilder message;
  message.number(12, 1).number(16, 99).bytes(4711, "new").varint(17 << 3 | 1);
  const std::string fixed64 = message.str() + "8 bytes.";
  MessageBuilder fixed32;
  fixed32.varint(18 << 3 | 5);
  FieldWalker walker(FieldWalker::Into::samples);

  CHECK(walker.feed(fixed64 + fixed32.str() + "four" + two_samples()));

  CHECK(walker.at_field_end());
  CHECK(walker.counts().samples == 2);
}

TEST_CASE("unknown fields may come first, also with the number 0") {
  MessageBuilder unknown;
  unknown.number(0, 1).bytes(0, "zero").number(16, 99).bytes(4711, "new");
  unknown.varint(~std::uint64_t{0} << 3).varint(1);
  MessageBuilder sample;
  sample.number(0, 1).number(2, 5).bytes(4, "later");
  FieldWalker walker(FieldWalker::Into::samples);

  CHECK(walker.feed(unknown.str()));
  CHECK(walker.at_field_end());
  CHECK_FALSE(walker.has_known_fields());

  CHECK(walker.feed(MessageBuilder().bytes(2, sample.str()).str()));
  CHECK(walker.has_known_fields());
  CHECK(walker.counts().samples == 1);
  CHECK(walker.counts().values == 1);
}

TEST_CASE("comments may be packed or not") {
  MessageBuilder message;
  message.packed(13, {1, 2, 300}).number(13, 7);
  FieldWalker walker(FieldWalker::Into::samples);
  CHECK(walker.feed(message.str()));
  CHECK(walker.at_field_end());
}

TEST_CASE("malformed fields are refused with their place") {
  using std::string_view_literals::operator""sv;

  struct Row {
    std::string_view bytes;
    std::string_view error;
    std::uint64_t offset;
  };

  // All begin with a good field, period 1 (60 01).
  const std::vector<Row> rows = {
      {"\x60\x01\x12\x02\x18\x01"sv, "a field has the wrong type", 4},
      {"\x60\x01\x12\x01\x08\x01"sv, "a field exceeds its sample", 4},
      {"\x60\x01\x12\x02\x08\x81\x01"sv, "a field exceeds its sample", 6},
      {"\x60\x01\x12\x03\x0a\x02\x01\x01"sv, "a field exceeds its sample", 5},
      {"\x60\x01\x10\x01"sv, "a field has the wrong type", 2},
      {"\x60\x01\x4a\x01"sv, "a field has the wrong type", 2},
      {"\x60\x01\x60\x01\x0d"sv, "a field has the wrong type", 4},
      {"\x60\x01\x83\x01"sv, "an invalid wire type", 3},
      {"\x60\x01\x87\x01"sv, "an invalid wire type", 3},
      {"\x60\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"sv,
       "a number exceeds 64 bits", 10},
      {"\x60\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80"sv,
       "a number exceeds 64 bits", 10},
      {"\x60\x01\x12\x80\x80\x80\x80\x08"sv, "a field exceeds 2 GiB", 7},
  };
  for (const Row& row : rows) {
    CAPTURE(row.error);
    CAPTURE(row.offset);
    FieldWalker walker(FieldWalker::Into::samples);
    CHECK_FALSE(walker.feed(row.bytes));
    CHECK(walker.error() == row.error);
    CHECK(walker.offset() == row.offset);
    const std::uint64_t samples = walker.counts().samples;
    CHECK_FALSE(walker.feed(two_samples()));
    CHECK(walker.counts().samples == samples);
  }
}

TEST_CASE("the largest number of 64 bits is no error") {
  MessageBuilder message;
  message.number(12, ~std::uint64_t{0});
  FieldWalker walker(FieldWalker::Into::samples);
  CHECK(walker.feed(message.str()));
  CHECK(walker.at_field_end());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
