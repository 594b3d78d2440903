// SPDX-License-Identifier: MIT
#include "store/window/retention.hpp"
#include "store/window/window.hpp"
#include "support/open_store.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kprofefe::store {
namespace {

using namespace std::chrono_literals;

TEST_SUITE_BEGIN("store");

TEST_CASE("a window's name is its day, and the day of its name") {
  CHECK(window_name(window_at(at(30, 23))) == "2026-11-30");
  CHECK(window_name(0) == "1970-01-01");
  CHECK(window_at(SystemTime() - 1ns) == 0);
  CHECK(parse_window_name("2026-11-30") == window_at(at(30)));
  for (const char* const name :
       {"", "lock", "2026-11-31", "2026-11-3", ".removed-2026-11-30",
        "2026-11-30T00", "1969-12-31"}) {
    CAPTURE(name);
    CHECK_FALSE(parse_window_name(name));
  }
}

TEST_CASE("windows expire when all of their day is too old, or by their size") {
  const std::uint32_t day = window_at(at(10));
  const std::vector<WindowBytes> windows = {{.day = day, .bytes = 10},
                                            {.day = day + 1, .bytes = 20},
                                            {.day = day + 3, .bytes = 30}};
  const auto day_3 = at(13, 12);

  const struct {
    std::optional<std::chrono::hours> retention;
    std::optional<std::uint64_t> max_bytes;
    SystemTime now;
    std::vector<Expired> expired;
  } rows[] = {
      {std::nullopt, std::nullopt, at(30), {}},
      {24h, std::nullopt, at(12) - 1ns, {}},
      {24h, std::nullopt, at(12), {{day, false}}},
      {0h, std::nullopt, day_3, {{day, false}, {day + 1, false}}},
      {std::nullopt, 60, day_3, {}},
      {std::nullopt, 59, day_3, {{day, true}}},
      {std::nullopt, 49, day_3, {{day, true}, {day + 1, true}}},
      {std::nullopt, 0, day_3, {{day, true}, {day + 1, true}}},
      {std::nullopt, 60, at(10), {}},
      {std::nullopt, 59, at(10), {{day + 1, true}}},
      {std::nullopt, 39, at(10), {{day + 1, true}, {day + 3, true}}},
      {24h, 49, at(12), {{day, false}, {day + 1, true}}},
      {std::chrono::hours::max(), std::nullopt, at(30), {}},
  };

  for (const auto& row : rows) {
    CAPTURE(&row - rows);
    CHECK(choose_expired(
              windows, {.retention = row.retention, .max_bytes = row.max_bytes},
              row.now) == row.expired);
  }
}

TEST_CASE("what has expired is gone from the disk and from all answers") {
  const test::Scratch scratch;
  OpenStore store(scratch.path(), {.retention = 24h});
  std::vector<StoredProfile> stored;
  for (int day = 10; day < 13; ++day) {
    g_now = at(day);
    const auto one = store.put(make_profile(std::to_string(day), at(day)));
    REQUIRE(one);
    stored.push_back(*one);
    CHECK(store.read(one->id));
  }

  const auto removed = store.run(store->remove_expired(at(12)));

  REQUIRE(removed);
  REQUIRE(removed->size() == 1);
  CHECK(removed->front().window == "2026-11-10");
  CHECK(removed->front().profiles == 1);
  CHECK(removed->front().bytes > 100);
  CHECK_FALSE(removed->front().was_over_size);
  CHECK_FALSE(std::filesystem::exists(scratch / "2026-11-10"));
  CHECK(store.find(all_of_api()) == std::vector{stored[1], stored[2]});
  CHECK(store.read(stored[0].id).error().kind == ErrorKind::not_found);
  CHECK(store.run(store->remove_expired(at(12)))->empty());
}

TEST_CASE("a day that comes again after its removal begins anew") {
  const test::Scratch scratch;
  OpenStore store(scratch.path(), {.retention = 0h});
  g_now = at(10);
  const auto old = store.put(make_profile("old"));
  REQUIRE(old);
  CHECK(store.run(store->remove_expired(at(11)))->size() == 1);

  const auto again = store.put(make_profile("new"));

  REQUIRE(again);
  CHECK(store.find(all_of_api()) == std::vector{*again});
  CHECK(store.read(again->id) == "new");
  CHECK_FALSE(store.read(old->id));
}

TEST_CASE("a removal that was interrupted is finished at the next start") {
  const test::Scratch scratch;
  const std::string file =
      scratch.write(".removed-2026-11-10/000001.seg", "half");
  const OpenStore store(scratch.path());
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK_FALSE(std::filesystem::exists(scratch / ".removed-2026-11-10"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::store
