// SPDX-License-Identifier: MIT
#include "async/for_each_bounded.hpp"
#include "store/segment/folder.hpp"
#include "store/store.hpp"
#include "store/window/window.hpp"
#include "support/open_store.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace kprofefe::store {
namespace {

using namespace std::chrono_literals;

TEST_SUITE_BEGIN("store");

TEST_CASE("what was put is described, found and read as it came") {
  const test::Scratch scratch;
  g_now = at(10, 12);
  OpenStore store(scratch / "deep/data");
  const std::string body("\x1f\x8b\0\xff", 4);
  NewProfile profile =
      make_profile(body, at(9) + 123ns, {{"pod", "api-0"}, {"pod", "api-1"}});

  const auto stored = store.put(profile);

  REQUIRE(stored);
  CHECK(stored->id.window == window_at(g_now));
  CHECK(stored->series == profile.series);
  CHECK(stored->created_at == profile.created_at);
  CHECK(stored->size == 4);
  CHECK(store.run(store->describe(stored->id)) == *stored);
  CHECK(store.read(stored->id) == body);
  CHECK(store.find(all_of_api()) == std::vector{*stored});
  CHECK(store.run(store->services()) == std::vector<std::string>{"api"});
  CHECK(store.notes.empty());
}

TEST_CASE("all of it is there when the store is opened again") {
  const test::Scratch scratch;
  std::vector<StoredProfile> stored;
  for (int day = 10; day < 13; ++day) {
    g_now = at(day);
    OpenStore store(scratch.path());
    for (int i = 0; i < 2; ++i) {
      const auto one =
          store.put(make_profile(std::to_string(stored.size()), at(day, i)));
      REQUIRE(one);
      stored.push_back(*one);
    }
  }

  OpenStore store(scratch.path());

  CHECK(store.notes.empty());
  CHECK(store.find(all_of_api()) == stored);
  for (std::size_t i = 0; i < stored.size(); ++i) {
    CHECK(store.read(stored[i].id) == std::to_string(i));
  }
  const auto usage = store.run(store->usage());
  REQUIRE(usage);
  CHECK(usage->profiles == 6);
  CHECK(usage->bytes > 6 * 24);
}

TEST_CASE("bytes that come again are stored once") {
  const test::Scratch scratch;
  g_now = at(10);
  OpenStore store(scratch.path());
  NewProfile profile = make_profile("body", at(9));
  const auto first = store.put(profile);
  REQUIRE(first);

  CHECK(store.put(profile) == *first);
  g_now = at(11);
  CHECK(store.put(profile) == *first);
  profile.created_at += 1ns;
  const auto other = store.put(profile);
  REQUIRE(other);
  CHECK(other->id != first->id);
  CHECK(store.find(all_of_api())->size() == 2);

  // Two days later it is another profile, and keeps its id.
  g_now = at(12);
  profile = make_profile("body", at(9));
  const auto later = store.put(profile);
  REQUIRE(later);
  CHECK(later->id.digest == first->id.digest);
  CHECK(later->id.window == first->id.window + 2);
}

TEST_CASE("a time that only the arrival gave makes no other profile") {
  const test::Scratch scratch;
  g_now = at(10);
  OpenStore store(scratch.path());
  NewProfile profile = make_profile("body", at(10));
  profile.created_on_arrival = true;
  const auto first = store.put(profile);
  REQUIRE(first);

  profile.created_at = at(10, 1);
  const auto again = store.put(profile);

  REQUIRE(again);
  CHECK(*again == *first);
  CHECK(again->created_at == at(10));
}

TEST_CASE("many that are put at once are all stored, the same ones once") {
  const test::Scratch scratch;
  g_now = at(10);
  std::vector<ProfileId> ids(50);
  {
    OpenStore store(scratch.path());
    const auto job = [&](std::size_t i) -> async::Task<void> {
      auto stored =
          co_await store->put(make_profile(std::to_string(i / 2), at(9)));
      REQUIRE(stored);
      ids[i] = stored->id;
    };
    const auto all = [&]() -> async::Task<bool> {
      co_await async::for_each_bounded(ids.size(), ids.size(), job);
      co_return true;
    };
    CHECK(store.run(all()));
  }

  OpenStore store(scratch.path());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    CHECK(store.read(ids[i]) == std::to_string(i / 2));
  }
  CHECK(store.find(all_of_api())->size() == 25);
}

TEST_CASE("a clock that is set back loses and refuses nothing") {
  const test::Scratch scratch;
  std::vector<StoredProfile> stored;
  {
    OpenStore store(scratch.path());
    for (const int day : {10, 12, 9, 10, 12}) {
      g_now = at(day);
      const auto one =
          store.put(make_profile(std::to_string(stored.size()),
                                 at(1, static_cast<int>(stored.size()))));
      REQUIRE(one);
      CHECK(one->id.window == window_at(g_now));
      stored.push_back(*one);
    }
    CHECK(store.find(all_of_api()) == stored);
  }
  OpenStore store(scratch.path());
  CHECK(store.find(all_of_api()) == stored);
}

TEST_CASE("a segment that is full is followed by another one") {
  const test::Scratch scratch;
  g_now = at(10);
  const std::string folder = scratch / window_name(window_at(g_now));
  std::vector<StoredProfile> stored;
  for (int times = 0; times < 2; ++times) {
    OpenStore store(scratch.path(), {.segment_bytes = 250});
    for (int i = 0; i < 5; ++i) {
      const auto one =
          store.put(make_profile(std::to_string(stored.size()),
                                 at(1, static_cast<int>(stored.size()))));
      REQUIRE(one);
      stored.push_back(*one);
    }
  }

  const auto segments = list_segments(folder);
  REQUIRE(segments);
  CHECK(segments->size() > 2);
  CHECK(segments->begin()->first == 1);
  CHECK(segments->rbegin()->first == segments->size());
  OpenStore store(scratch.path());
  CHECK(store.find(all_of_api()) == stored);
  CHECK(store.read(stored.back().id) == "9");
}

TEST_CASE("what is not there is not found") {
  const test::Scratch scratch;
  g_now = at(10);
  OpenStore store(scratch.path());
  CHECK(store.find(all_of_api())->empty());
  CHECK(store.run(store->services())->empty());
  const auto stored = store.put(make_profile("body"));
  REQUIRE(stored);
  const std::array<ProfileId, 3> wrong = {
      ProfileId{.window = stored->id.window, .digest = 1},
      ProfileId{.window = 1, .digest = stored->id.digest}, ProfileId{}};
  for (const ProfileId& id : wrong) {
    const auto described = store.run(store->describe(id));
    REQUIRE_FALSE(described);
    CHECK(described.error().kind == ErrorKind::not_found);
    const auto read = store.read(id);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::not_found);
  }
}

/// Does one of many things to a store that has profiles of days 10 to 12.
async::Task<void> do_something(Store* store, std::size_t number,
                               const std::vector<StoredProfile>* old) {
  if (number == 100) {
    const auto removed = co_await store->remove_expired(at(12));
    CHECK(removed->size() == 1);
  } else if (number % 4 == 0) {
    const auto found = co_await store->find(all_of_api());
    CHECK(found->size() >= old->size() / 2);
  } else if (number % 4 == 1) {
    const StoredProfile& one = (*old)[number % old->size()];
    const auto body = co_await store->read(one.id);
    const bool may_be_gone = one.id.window == window_at(at(10));
    CHECK((body ? *body == "old"
                : may_be_gone && body.error().kind == ErrorKind::not_found));
  } else if (number % 4 == 2) {
    const auto usage = co_await store->usage();
    CHECK(usage->profiles >= old->size() / 2);
  } else {
    const auto stored =
        co_await store->put(make_profile(std::to_string(number)));
    REQUIRE(stored);
    const auto body = co_await store->read(stored->id);
    CHECK(body == std::to_string(number));
  }
}

TEST_CASE("all of it may be asked for at the same time") {
  const test::Scratch scratch;
  OpenStore store(scratch.path(), {.retention = 24h});
  std::vector<StoredProfile> old;
  for (int i = 0; i < 6; ++i) {
    g_now = at(10 + i / 3);
    old.push_back(store.put(make_profile("old", at(5, i))).value());
  }
  g_now = at(12);
  const auto job = [&](std::size_t i) {
    return do_something(store.operator->(), i, &old);
  };
  const auto all = [&]() -> async::Task<bool> {
    co_await async::for_each_bounded(400, 20, job);
    co_return true;
  };
  CHECK(store.run(all()));
  CHECK(store.find(all_of_api())->size() == 103);
}

TEST_CASE("a profile whose labels are too long is refused, and no other") {
  const test::Scratch scratch;
  g_now = at(10);
  OpenStore store(scratch.path());
  const auto refused = store.put(
      make_profile("body", at(1), {{"pod", std::string(2'000'000, 'x')}}));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::malformed);
  CHECK_FALSE(store->is_full());
  CHECK(store.put(make_profile("body")));
}

TEST_CASE("a second store on the same folder is refused until the first ends") {
  const test::Scratch scratch;
  std::vector<std::string> notes;
  {
    const OpenStore first(scratch.path());
    const auto second = Store::open(scratch.path(), {}, notes);
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == ErrorKind::usage);
    CHECK(second.error().message.contains(scratch.path()));
  }
  CHECK(Store::open(scratch.path(), {}, notes));
}

TEST_CASE("a folder that cannot be made is an error") {
  const test::Scratch scratch;
  std::vector<std::string> notes;
  const auto store = Store::open(scratch.write("file", "") + "/x", {}, notes);
  REQUIRE_FALSE(store);
  CHECK(store.error().kind == ErrorKind::io);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::store
