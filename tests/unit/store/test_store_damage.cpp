// SPDX-License-Identifier: MIT
#include "store/segment/folder.hpp"
#include "store/store.hpp"
#include "store/window/window.hpp"
#include "support/open_store.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::store {
namespace {

constexpr std::string_view k_window = "2026-11-10";

NewProfile profile_number(std::size_t number) {
  return make_profile("body " + std::to_string(number),
                      at(5, static_cast<int>(number)));
}

/// A store with some profiles that was closed.
class Closed {
 public:
  explicit Closed(std::size_t profiles) {
    g_now = at(10);
    OpenStore store(scratch.path());
    for (std::size_t i = 0; i < profiles; ++i) {
      ids.push_back(store.put(profile_number(i)).value().id);
      ends.push_back(std::filesystem::file_size(segment()));
    }
  }

  [[nodiscard]] std::string segment() const {
    return segment_path(scratch / k_window, 1);
  }

  test::Scratch scratch;
  std::vector<ProfileId> ids;
  std::vector<std::size_t> ends;  ///< of the records
};

TEST_SUITE_BEGIN("store");

TEST_CASE(
    "of a last record that is cut anywhere nothing is left, of others all") {
  const Closed three(3);
  const std::string bytes = bytes_of(three.segment());
  for (std::size_t size = three.ends[1]; size <= three.ends[2]; ++size) {
    CAPTURE(size);
    const Closed two(2);
    REQUIRE(bytes_of(two.segment()) == bytes.substr(0, three.ends[1]));
    append_to(two.segment(), bytes.substr(three.ends[1], size - three.ends[1]));
    const bool is_whole = size == three.ends[2];
    const bool is_cut = !is_whole && size > three.ends[1];

    OpenStore store(two.scratch.path());

    CHECK(store.notes.size() == (is_cut ? 1 : 0));
    CHECK(store.read(two.ids[0]) == "body 0");
    CHECK(store.read(two.ids[1]) == "body 1");
    CHECK(store.read(three.ids[2]).has_value() == is_whole);
    CHECK(store.find(all_of_api())->size() == (is_whole ? 3 : 2));
    CHECK(std::filesystem::file_size(two.segment()) ==
          (is_whole ? three.ends[2] : three.ends[1]));

    const auto next = store.put(profile_number(2));
    REQUIRE(next);
    CHECK(next->id == three.ids[2]);
    CHECK(store.read(next->id) == "body 2");
    CHECK(bytes_of(two.segment()) == bytes);
  }
}

TEST_CASE("a bit that flips gives an error or the right bytes") {
  const Closed closed(3);
  const std::string bytes = bytes_of(closed.segment());
  OpenStore store(closed.scratch.path());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    CAPTURE(i);
    std::string flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ (1 << i % 8));
    overwrite(closed.segment(), flipped);
    for (std::size_t record = 0; record < 3; ++record) {
      const std::size_t begin = record == 0 ? 0 : closed.ends[record - 1];
      const auto body = store.read(closed.ids[record]);
      if (i < begin || i >= closed.ends[record]) {
        CHECK(body == "body " + std::to_string(record));
      } else {
        REQUIRE_FALSE(body);
        CHECK(body.error().kind == ErrorKind::malformed);
      }
    }
  }
}

TEST_CASE("a damaged segment whose index is lost loses its damaged record") {
  const Closed closed(3);
  const std::string bytes = bytes_of(closed.segment());
  for (std::size_t i = 0; i < bytes.size(); i += 5) {
    CAPTURE(i);
    const test::Scratch scratch;
    std::string flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x40);
    overwrite(scratch.write(std::string(k_window) + "/000001.seg", ""),
              flipped);

    OpenStore store(scratch.path());

    REQUIRE(store.notes.size() == 2);
    CHECK(store.notes[0].contains("index.db"));
    CHECK(store.notes[1].contains("000001.seg"));
    CHECK(store.find(all_of_api())->size() == 2);
    for (std::size_t record = 0; record < 3; ++record) {
      const std::size_t begin = record == 0 ? 0 : closed.ends[record - 1];
      const bool is_hit = i >= begin && i < closed.ends[record];
      CHECK(store.read(closed.ids[record]).has_value() == !is_hit);
    }
    CHECK(store.put(profile_number(3)));
  }
}

TEST_CASE("what was cut or passed over is noted once") {
  const Closed closed(3);
  std::string bytes = bytes_of(closed.segment());
  bytes[closed.ends[0] + 30] = 'x';
  const test::Scratch scratch;
  overwrite(scratch.write(std::string(k_window) + "/000001.seg", ""),
            bytes + "half of a record");
  {
    const OpenStore store(scratch.path());
    CHECK(store.notes.size() == 3);
  }
  const OpenStore store(scratch.path());
  CHECK(store.notes.empty());
}

TEST_CASE("only the last segment's end is cut off") {
  const test::Scratch scratch;
  g_now = at(10);
  const std::string folder = scratch / k_window;
  {
    OpenStore store(scratch.path(), {.segment_bytes = 1});
    REQUIRE(store.put(profile_number(0)));
    REQUIRE(store.put(profile_number(1)));
  }
  const std::string half = bytes_of(segment_path(folder, 1)).substr(0, 7);
  append_to(segment_path(folder, 1), half);
  append_to(segment_path(folder, 2), half);
  const auto size = std::filesystem::file_size(segment_path(folder, 1));

  OpenStore store(scratch.path());

  CHECK(store.notes.size() == 2);
  CHECK(std::filesystem::file_size(segment_path(folder, 1)) == size);
  CHECK(std::filesystem::file_size(segment_path(folder, 2)) == size - 7);
  CHECK(store.find(all_of_api())->size() == 2);
}

TEST_CASE(
    "an end that is no record of ours is kept, and what follows is found") {
  const Closed closed(2);
  append_to(closed.segment(), "\x89KP\x02 of a later version");
  const auto size = std::filesystem::file_size(closed.segment());
  {
    OpenStore store(closed.scratch.path());
    CHECK(store.notes.size() == 1);
    CHECK(std::filesystem::file_size(closed.segment()) == size);
    REQUIRE(store.put(profile_number(2)));
  }
  std::filesystem::remove(closed.scratch / std::string(k_window) + "/index.db");
  OpenStore store(closed.scratch.path());
  CHECK(store.find(all_of_api())->size() == 3);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::store
