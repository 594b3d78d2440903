// SPDX-License-Identifier: MIT
#include "store/segment/digest.hpp"
#include "store/segment/folder.hpp"
#include "store/segment/metadata.hpp"
#include "store/segment/record.hpp"
#include "store/segment/segment_reader.hpp"
#include "store/segment/segment_writer.hpp"
#include "support/open_store.hpp"
#include "support/scratch.hpp"

#include <climits>
#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::store {
namespace {

TEST_SUITE_BEGIN("store");

TEST_CASE("metadata are the same after writing and reading") {
  const Metadata metadata = {
      .digest = ~0ULL,
      .series = {.service = "api",
                 .type = "",
                 .labels = {{"a", ""}, {"a", "\xff\0x"}, {"", "b"}}},
      .created_at = SystemTime::min(),
      .totals = {{"cpu", "nanoseconds",
                  std::numeric_limits<std::int64_t>::min()},
                 {"", "", 0}},
      .encoding = 3};
  CHECK(decode_metadata(encode_metadata(metadata)) == metadata);
  CHECK(decode_metadata("") == Metadata{});
}

TEST_CASE("metadata that end too early are malformed, unknown fields are not") {
  const std::string whole =
      encode_metadata({.digest = 1, .series = {.service = "api"}});
  const auto cut = decode_metadata(whole.substr(0, whole.size() - 1));
  REQUIRE_FALSE(cut);
  CHECK(cut.error().kind == ErrorKind::malformed);

  const auto longer = decode_metadata(whole + "\x7a\x01x");
  REQUIRE(longer);
  CHECK(longer->series.service == "api");
}

TEST_CASE("a header holds where it was written, and nowhere else") {
  const Header header = {.metadata_bytes = 1,
                         .body_bytes = 2,
                         .metadata_crc = 3,
                         .body_crc = 0xfffffffe};
  const std::string bytes = encode_header(header, 1000);
  REQUIRE(bytes.size() == k_header_bytes);
  CHECK(decode_header(bytes, 1000) == header);
  CHECK_FALSE(decode_header(bytes, 1001));
  CHECK_FALSE(decode_header(std::string_view(bytes).substr(1), 1001));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    CAPTURE(i);
    std::string flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x10);
    CHECK_FALSE(decode_header(flipped, 1000));
    CHECK_FALSE(decode_header(bytes.substr(0, i), 1000));
  }
}

TEST_CASE("all that makes a profile another one is in its digest") {
  const NewProfile profile = make_profile("body");
  const std::uint64_t digest = digest_of(profile);
  CHECK(digest_of(make_profile("body")) == digest);

  std::vector<NewProfile> others(6, profile);
  others[0].series.service = "ap";
  others[0].series.type = "iheap";
  others[1].series.labels = {{"po", "dapi-0"}};
  others[2].created_at += std::chrono::nanoseconds(1);
  others[3].body = "bod";
  others[4].series.labels.clear();
  others[5].created_on_arrival = true;
  for (std::size_t i = 0; i < others.size(); ++i) {
    CAPTURE(i);
    CHECK(digest_of(others[i]) != digest);
  }

  others[4] = others[5];
  others[4].created_at += std::chrono::hours(1);
  CHECK(digest_of(others[4]) == digest_of(others[5]));
}

TEST_CASE("more pieces than one write takes are appended in order") {
  const test::Scratch scratch;
  auto writer = SegmentWriter::create(scratch.path(), 7);
  REQUIRE(writer);
  std::vector<std::string_view> pieces;
  std::string expected;
  const std::string large(100'000, 'x');
  for (int i = 0; i < 2 * IOV_MAX + 3; ++i) {
    pieces.push_back(i % 500 == 0 ? std::string_view(large)
                                  : std::string_view("abc").substr(
                                        0, static_cast<std::size_t>(i % 4)));
    expected += pieces.back();
  }

  REQUIRE(writer->append(pieces));
  REQUIRE(writer->append(std::vector<std::string_view>{"end"}));

  CHECK(writer->size() == expected.size() + 3);
  CHECK(bytes_of(segment_path(scratch.path(), 7)) == expected + "end");
  CHECK(list_segments(scratch.path()) ==
        SegmentSizes{{7, expected.size() + 3}});

  writer->cut(expected.size());
  REQUIRE(writer->append(std::vector<std::string_view>{"END"}));
  CHECK(bytes_of(segment_path(scratch.path(), 7)) == expected + "END");
}

TEST_CASE("a segment of that number is never written over") {
  const test::Scratch scratch;
  REQUIRE(SegmentWriter::create(scratch.path(), 1));
  CHECK_FALSE(SegmentWriter::create(scratch.path(), 1));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::store
