// SPDX-License-Identifier: MIT
#include "store/segment/scanner.hpp"
#include "support/segment_bytes.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace kprofefe::store {
namespace {

/// The digests of what is whole.
std::vector<std::uint64_t> whole_in(const std::vector<Scanned>& found) {
  std::vector<std::uint64_t> digests;
  for (const Scanned& one : found) {
    if (const auto* const record = std::get_if<ScannedRecord>(&one)) {
      digests.push_back(record->metadata.digest);
    }
  }
  return digests;
}

struct Segment {
  std::string bytes;
  std::vector<std::size_t> ends;
};

Segment three_records() {
  Segment segment;
  std::uint64_t digest = 0;
  for (const char* const body : {"first", "", "third"}) {
    append_record(segment.bytes, ++digest, body);
    segment.ends.push_back(segment.bytes.size());
  }
  return segment;
}

TEST_SUITE_BEGIN("store");

TEST_CASE("a scanner finds every record, where it is and how large") {
  const Segment segment = three_records();
  const auto found = scan(segment.bytes);
  REQUIRE(found.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& record = std::get<ScannedRecord>(found[i]);
    CHECK(record.offset == (i == 0 ? 0 : segment.ends[i - 1]));
    CHECK(record.end == segment.ends[i]);
    CHECK(record.body_bytes == (i == 1 ? 0 : 5));
    CHECK(record.metadata.digest == i + 1);
  }
  CHECK(scan("").empty());
}

TEST_CASE("of a segment that ends anywhere, what was whole before is found") {
  const Segment segment = three_records();
  for (std::size_t size = 0; size < segment.bytes.size(); ++size) {
    CAPTURE(size);
    const auto found = scan(std::string_view(segment.bytes).substr(0, size));
    std::vector<std::uint64_t> expected;
    std::size_t end = 0;
    for (std::size_t i = 0; i < 3 && segment.ends[i] <= size; ++i) {
      expected.push_back(i + 1);
      end = segment.ends[i];
    }
    CHECK(whole_in(found) == expected);
    if (end < size) {
      const auto& damage = std::get<DamagedBytes>(found.back());
      CHECK(damage.begin == end);
      CHECK(damage.end == size);
    }
  }
}

TEST_CASE("a bit that flips costs the record that it is in, and no other") {
  const Segment segment = three_records();
  for (std::size_t i = 0; i < segment.bytes.size() * 8; ++i) {
    CAPTURE(i);
    std::string flipped = segment.bytes;
    flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << i % 8));
    std::vector<std::uint64_t> expected;
    for (std::size_t record = 0; record < 3; ++record) {
      const std::size_t begin = record == 0 ? 0 : segment.ends[record - 1];
      if (i / 8 < begin || i / 8 >= segment.ends[record]) {
        expected.push_back(record + 1);
      }
    }
    CHECK(whole_in(scan(flipped)) == expected);
  }
}

TEST_CASE("bytes between records are passed over, however many") {
  for (const std::size_t gap : {1U, 262'143U, 262'144U, 700'001U}) {
    CAPTURE(gap);
    std::string bytes;
    append_record(bytes, 1, "first");
    const std::size_t begin = bytes.size();
    // The beginning of a magic, over and over.
    for (std::size_t i = 0; i < gap; ++i) {
      bytes += k_magic[i % 3];
    }
    append_record(bytes, 2, "second");

    const auto found = scan(bytes);

    REQUIRE(found.size() == 3);
    CHECK(whole_in(found) == std::vector<std::uint64_t>{1, 2});
    const auto& damage = std::get<DamagedBytes>(found[1]);
    CHECK(damage.begin == begin);
    CHECK(damage.end == begin + gap);
  }
}

TEST_CASE("a body that holds a segment is one body, damaged or not") {
  std::string inner;
  append_record(inner, 666, "inner");
  std::string bytes;
  append_record(bytes, 1, inner);
  append_record(bytes, 2, "second");
  CHECK(whole_in(scan(bytes)) == std::vector<std::uint64_t>{1, 2});
  bytes[5] = 'x';
  CHECK(whole_in(scan(bytes)) == std::vector<std::uint64_t>{2});
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::store
