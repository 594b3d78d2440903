// SPDX-License-Identifier: MIT
#include "store/check.hpp"
#include "store/index/index.hpp"
#include "store/segment/folder.hpp"
#include "support/open_store.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

namespace kprofefe::store {
namespace {

/// Two windows of three profiles each.
void fill(const std::string& folder) {
  for (const int day : {10, 11}) {
    g_now = at(day);
    OpenStore store(folder);
    for (int i = 0; i < 3; ++i) {
      REQUIRE(store.put(make_profile("body", at(day, i))));
    }
  }
}

TEST_SUITE_BEGIN("store");

TEST_CASE("a store that is whole has nothing to complain of") {
  const test::Scratch scratch;
  fill(scratch.path());
  const auto report = check(scratch.path());
  REQUIRE(report);
  CHECK(report->windows == 2);
  CHECK(report->segments == 2);
  CHECK(report->profiles == 6);
  CHECK(report->bytes > 6 * 24);
  CHECK(report->damage.empty());
  CHECK(report->notes.empty());
}

TEST_CASE("a store that is in use is not checked") {
  const test::Scratch scratch;
  const OpenStore store(scratch.path());
  const auto report = check(scratch.path());
  REQUIRE_FALSE(report);
  CHECK(report.error().kind == ErrorKind::usage);
}

TEST_CASE("a damaged record is named, with its place") {
  const test::Scratch scratch;
  fill(scratch.path());
  const std::string segment = segment_path(scratch / "2026-11-11", 1);
  std::string bytes = bytes_of(segment);
  const std::string whole = bytes;
  const std::size_t record = bytes.size() / 3;
  bytes[2 * record - 1] = 'x';
  overwrite(segment, bytes);

  const auto report = check(scratch.path());

  REQUIRE(report);
  CHECK(report->profiles == 5);
  REQUIRE(report->damage.size() == 2);
  CHECK(report->damage[0].file == segment);
  CHECK(report->damage[0].offset == record);
  CHECK(report->damage[0].what.contains("body"));
  CHECK(report->damage[1].file == Index::path(scratch / "2026-11-11"));
  // It changes nothing.
  CHECK(bytes_of(segment) == bytes);

  overwrite(segment, whole);
  CHECK(check(scratch.path())->damage.empty());
}

TEST_CASE("an index that says something else than the segments is named") {
  const test::Scratch scratch;
  fill(scratch.path());
  const std::string folder = scratch / "2026-11-10";
  const char* const changes[] = {
      "DELETE FROM profile WHERE digest = (SELECT min(digest) FROM profile)",
      "UPDATE profile SET offset = offset + 1",
      "UPDATE profile SET size = size + 1",
      "UPDATE series SET service = 'other'",
      "DROP TABLE series",
      "INSERT INTO profile VALUES (1, 1, 1, 1, 1, 1)",
  };
  for (const char* const change : changes) {
    CAPTURE(change);
    {
      auto database = Database::open(Index::path(folder), false);
      REQUIRE(database);
      REQUIRE(database->run(change));
    }
    const auto report = check(scratch.path());
    REQUIRE(report);
    REQUIRE_FALSE(report->damage.empty());
    CHECK(report->damage[0].file == Index::path(folder));
    std::filesystem::remove(Index::path(folder));
    const OpenStore mended(scratch.path());
  }
}

TEST_CASE("what the next start mends without a loss is no damage") {
  const test::Scratch scratch;
  fill(scratch.path());
  overwrite(Index::path(scratch / "2026-11-10"), "no database");
  std::filesystem::remove(Index::path(scratch / "2026-11-11"));
  const auto report = check(scratch.path());
  REQUIRE(report);
  CHECK(report->profiles == 6);
  CHECK(report->damage.empty());
  CHECK(report->notes.size() == 2);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::store
