// SPDX-License-Identifier: MIT
#include "store/index/index.hpp"
#include "store/segment/folder.hpp"
#include "store/store.hpp"
#include "store/window/window.hpp"
#include "support/open_store.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <ranges>
#include <string>
#include <vector>

namespace kprofefe::store {
namespace {

constexpr std::size_t k_page_bytes = 4096;

/// A store with some profiles that was closed.
class Closed {
 public:
  explicit Closed(int profiles) {
    g_now = at(10);
    OpenStore store(scratch.path());
    put(store, profiles);
  }

  void put(OpenStore& store, int profiles) {
    const int begin = static_cast<int>(stored.size());
    for (int i = begin; i < begin + profiles; ++i) {
      stored.push_back(
          store.put(make_profile(std::to_string(i), at(5, i))).value());
    }
  }

  /// Whether all that was stored is in the folder's store.
  void check_whole(OpenStore& store) const {
    CHECK(store.find(all_of_api()) == stored);
    for (std::size_t i = 0; i < stored.size(); ++i) {
      CHECK(store.read(stored[i].id) == std::to_string(i));
    }
    CHECK(store.run(store->usage())->profiles == stored.size());
  }

  [[nodiscard]] std::string window() const { return scratch / "2026-11-10"; }

  [[nodiscard]] std::string index() const { return Index::path(window()); }

  test::Scratch scratch;
  std::vector<StoredProfile> stored;
};

/// The bytes, all from `begin` on replaced by others.
std::string filled_from(std::size_t begin, std::string bytes, char filling) {
  std::ranges::fill(
      std::ranges::subrange(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                            bytes.end()),
      filling);
  return bytes;
}

TEST_SUITE_BEGIN("store");

TEST_CASE("an index that is lost or damaged is made anew") {
  Closed closed(20);
  const std::string bytes = bytes_of(closed.index());
  REQUIRE(bytes.size() > 5 * k_page_bytes);
  const std::string zeros_inside = filled_from(k_page_bytes, bytes, '\0');
  const std::vector<std::string> damaged = {
      "",
      "no database",
      std::string(100'000, '\xff'),
      bytes.substr(0, 50),
      bytes.substr(0, k_page_bytes),
      bytes.substr(0, k_page_bytes / 2),
      zeros_inside,
  };
  for (const std::string& index : damaged) {
    CAPTURE(index.size());
    overwrite(closed.index(), index);
    OpenStore store(closed.scratch.path());
    CHECK(store.notes.size() == 1);
    closed.check_whole(store);
    closed.put(store, 1);
    closed.check_whole(store);
  }
  std::filesystem::remove(closed.index());
  OpenStore store(closed.scratch.path());
  CHECK(store.notes.size() == 1);
  closed.check_whole(store);
}

TEST_CASE("an index whose damage shows later is made anew then") {
  Closed closed(500);
  const std::string bytes = bytes_of(closed.index());
  constexpr std::size_t k_begin = 14 * k_page_bytes;  // behind all first pages
  REQUIRE(bytes.size() > k_begin + 5 * k_page_bytes);
  overwrite(closed.index(), filled_from(k_begin, bytes, '\xff'));

  OpenStore store(closed.scratch.path());

  CHECK(store.notes.empty());
  closed.check_whole(store);
}

TEST_CASE("an index that is damaged while profiles are put is made anew") {
  Closed closed(500);
  OpenStore store(closed.scratch.path());
  overwrite(closed.index(),
            filled_from(k_page_bytes, bytes_of(closed.index()), '\xff'));

  closed.put(store, 3);

  closed.check_whole(store);
}

TEST_CASE("an index that is older than the segments is brought up to date") {
  Closed closed(3);
  const std::string older = bytes_of(closed.index());
  {
    OpenStore store(closed.scratch.path(), {.segment_bytes = 500});
    closed.put(store, 5);
  }
  overwrite(closed.index(), older);

  OpenStore store(closed.scratch.path());

  CHECK(store.notes.empty());
  closed.check_whole(store);
}

TEST_CASE("an index that knows of lost segments is made anew") {
  Closed closed(3);
  {
    OpenStore store(closed.scratch.path(), {.segment_bytes = 1});
    closed.put(store, 2);
  }
  SUBCASE("one is gone") {
    std::filesystem::remove(segment_path(closed.window(), 3));
    closed.stored.pop_back();
  }
  SUBCASE("one is shorter") {
    std::filesystem::resize_file(segment_path(closed.window(), 3), 0);
    closed.stored.pop_back();
  }
  OpenStore store(closed.scratch.path());
  CHECK(store.notes.size() == 1);
  closed.check_whole(store);
  g_now = at(10);
  closed.put(store, 1);
  closed.check_whole(store);
}

TEST_CASE("a folder that is copied while it is written to is a backup") {
  Closed closed(3);
  OpenStore store(closed.scratch.path());
  closed.put(store, 4);
  const test::Scratch backup;
  std::filesystem::copy(closed.scratch.path(), backup.path(),
                        std::filesystem::copy_options::recursive);

  OpenStore copy(backup.path());

  REQUIRE(copy.notes.size() == 1);
  CHECK(copy.notes[0].contains("a copy"));
  closed.check_whole(copy);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::store
