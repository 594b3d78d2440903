// SPDX-License-Identifier: MIT
#include "data.hpp"

#include "pprof/detect.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

using enum ProfileKind;
using test::ProfileBuilder;

TEST_SUITE_BEGIN("pprof");

std::optional<ProfileKind> kind_of(std::string_view body,
                                   std::string_view file_name = "x.pb.gz") {
  const Result<Summary> summary = read_summary(body);
  REQUIRE(summary);
  return detect_kind(*summary, file_name);
}

std::optional<ProfileKind> kind_of_contention(const std::string& leaf,
                                              std::string_view file_name) {
  return kind_of(
      ProfileBuilder::go("block").sample({1, 2}, {leaf, "main.main"}).raw(),
      file_name);
}

TEST_CASE("every kind of a real Go program is told without the file's name") {
  struct Row {
    std::string_view name;
    std::optional<ProfileKind> kind;
  };

  for (const Row& row :
       {Row{"cpu.pb.gz", cpu}, Row{"cpu_empty.pb.gz", cpu},
        Row{"heap.pb.gz", heap}, Row{"heap_delta.pb.gz", heap},
        Row{"allocs.pb.gz", allocs}, Row{"allocs_delta.pb.gz", heap},
        Row{"block.pb.gz", block}, Row{"mutex.pb.gz", mutex},
        Row{"block_empty.pb.gz", std::nullopt},
        Row{"mutex_empty.pb.gz", std::nullopt},
        Row{"goroutine.pb.gz", goroutine},
        Row{"threadcreate.pb.gz", threadcreate}, Row{"trace.trace", trace}}) {
    CAPTURE(row.name);
    CHECK(kind_of(test::real(std::string(row.name))) == row.kind);
  }
}

TEST_CASE("memory is allocs by the default type or for want of use in it") {
  const auto with_default = [](std::string_view type) {
    return ProfileBuilder::go("heap").default_sample_type(type).raw();
  };
  CHECK(kind_of(with_default("")) == heap);
  CHECK(kind_of(with_default("inuse_space")) == heap);
  CHECK(kind_of(with_default("inuse_objects")) == heap);
  CHECK(kind_of(with_default("alloc_space")) == allocs);
  CHECK(kind_of(with_default("alloc_objects")) == allocs);
  CHECK(kind_of(ProfileBuilder().sample_type("alloc_space", "bytes").raw()) ==
        allocs);
  CHECK(kind_of(ProfileBuilder().sample_type("inuse_space", "bytes").raw()) ==
        heap);
}

TEST_CASE("the file's name tells allocs where Go left the default out") {
  const std::string delta = test::real("allocs_delta.pb.gz");
  CHECK(kind_of(delta, "allocs_delta.pb.gz") == allocs);
  CHECK(kind_of(delta, "profile-allocs-ns_heap-1.pb.gz") == allocs);
  CHECK(kind_of(delta, "heap.pb.gz") == heap);
  CHECK(kind_of(delta, "heap-allocs.pb.gz") == heap);
  CHECK(kind_of(test::real("allocs.pb.gz"), "heap.pb.gz") == allocs);
}

TEST_CASE("who lets go is of a mutex profile, who waits of a block profile") {
  struct Row {
    std::string_view leaf;
    std::optional<ProfileKind> kind;
  };

  for (const Row& row :
       {Row{"sync.(*Mutex).Unlock", mutex},
        Row{"sync.(*RWMutex).RUnlock", mutex},
        Row{"internal/sync.(*Mutex).Unlock", mutex},
        Row{"runtime.unlock", mutex}, Row{"runtime.unlockWithRank", mutex},
        Row{"runtime._LostContendedRuntimeLock", mutex},
        Row{"sync.(*Mutex).Lock", block}, Row{"sync.(*RWMutex).RLock", block},
        Row{"sync.(*WaitGroup).Wait", block}, Row{"sync.(*Cond).Wait", block},
        Row{"runtime.chanrecv1", block}, Row{"runtime.chansend1", block},
        Row{"runtime.selectgo", block}, Row{"main.work", std::nullopt},
        Row{"main.unlocked", std::nullopt}, Row{"", std::nullopt}}) {
    CAPTURE(row.leaf);
    CHECK(kind_of_contention(std::string(row.leaf), "x.pb.gz") == row.kind);
  }
}

TEST_CASE("the stacks count more than the file's name") {
  CHECK(kind_of_contention("sync.(*Mutex).Lock", "mutex.pb.gz") == block);
  CHECK(kind_of_contention("sync.(*Mutex).Unlock", "block.pb.gz") == mutex);
}

TEST_CASE("the file's name decides where no stack does") {
  struct Row {
    std::string_view file_name;
    std::optional<ProfileKind> kind;
  };

  for (const Row& row :
       {Row{"mutex.pb.gz", mutex}, Row{"/tmp/block/mutex.pb.gz", mutex},
        Row{"/tmp/mutex/x.pb.gz", std::nullopt},
        Row{"profile-mutex-default_block-0-1700000000.pb.gz", mutex},
        Row{"profile-block-default_mutex-0-1700000000.pb.gz", block},
        Row{"api_block_2.pb.gz", block}, Row{"block1.prof", block},
        Row{"blockchain.pb.gz", std::nullopt},
        Row{"unblock.pb.gz", std::nullopt},
        Row{"blockchain-mutex.pb.gz", mutex},
        Row{"blockchain-block.pb.gz", block},
        Row{"mutex-and-block.pb.gz", std::nullopt}, Row{"", std::nullopt},
        Row{"-", std::nullopt}}) {
    CAPTURE(row.file_name);
    CHECK(kind_of(test::real("mutex_empty.pb.gz"), row.file_name) == row.kind);
    CHECK(kind_of_contention("main.work", row.file_name) == row.kind);
  }
}

TEST_CASE("the name decides too where a merged profile holds both") {
  const std::string both = ProfileBuilder::go("block")
                               .sample({1, 2}, {"sync.(*Mutex).Lock"})
                               .sample({1, 2}, {"sync.(*Mutex).Unlock"})
                               .raw();
  CHECK(kind_of(both, "x.pb.gz") == std::nullopt);
  CHECK(kind_of(both, "mutex.pb.gz") == mutex);
}

TEST_CASE("what Go does not serve by name is no kind") {
  CHECK(kind_of(ProfileBuilder::go("goroutineleak").raw()) == std::nullopt);
  CHECK(kind_of(ProfileBuilder::go("goroutine").raw()) == goroutine);
  CHECK(kind_of(ProfileBuilder::go("threadcreate").raw()) == threadcreate);
  CHECK(kind_of(ProfileBuilder().sample_type("wall", "nanoseconds").raw()) ==
        std::nullopt);
  // As gperftools' contention profiles are converted.
  CHECK(kind_of(ProfileBuilder()
                    .sample_type("contentions", "count")
                    .sample_type("delay", "microseconds")
                    .raw(),
                "mutex.pb.gz") == std::nullopt);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
