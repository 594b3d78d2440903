// SPDX-License-Identifier: MIT
#include "store/index/index.hpp"
#include "store/segment/folder.hpp"
#include "store/segment/io_error.hpp"
#include "store/store.hpp"
#include "support/open_store.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <sys/resource.h>

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kprofefe::store {
namespace {

/// No file of ours may be larger, as if the disk was full.
class FileLimit {
 public:
  explicit FileLimit(std::uint64_t bytes) {
    old_handler_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit = {.rlim_cur = bytes, .rlim_max = old_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }

  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;

  ~FileLimit() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_{};
  void (*old_handler_)(int) = nullptr;
};

TEST_SUITE_BEGIN("store");

TEST_CASE("what does not fit on the disk is refused, and harms nothing") {
  const test::Scratch scratch;
  g_now = at(10);
  const std::string segment = segment_path(scratch / "2026-11-10", 1);
  const std::string large(500'000, 'x');
  std::vector<StoredProfile> stored;
  {
    OpenStore store(scratch.path());
    stored.push_back(store.put(make_profile(large)).value());
    const auto size = std::filesystem::file_size(segment);
    {
      const FileLimit limit(size + 1000);

      const auto refused = store.put(make_profile(std::string(2000, 'y')));

      REQUIRE_FALSE(refused);
      CHECK(refused.error().kind == ErrorKind::io);
      CHECK(refused.error().detail == k_disk_full);
      CHECK(store->is_full());
      CHECK(std::filesystem::file_size(segment) == size);
      CHECK(store.read(stored[0].id) == large);
      CHECK(store.find(all_of_api()) == stored);
    }
    const auto later = store.put(make_profile("later", at(2)));
    REQUIRE(later);
    stored.push_back(*later);
    CHECK_FALSE(store->is_full());
  }
  OpenStore store(scratch.path());
  CHECK(store.notes.empty());
  CHECK(store.find(all_of_api()) == stored);
  CHECK(store.read(stored[0].id) == large);
}

TEST_CASE("where the index finds no space nothing is stored either") {
  const test::Scratch scratch;
  g_now = at(10);
  const std::string folder = scratch / "2026-11-10";
  std::vector<StoredProfile> stored;
  {
    OpenStore store(scratch.path());
    stored.push_back(store.put(make_profile("first")).value());
    const auto size = std::filesystem::file_size(segment_path(folder, 1));
    {
      const FileLimit limit(
          std::filesystem::file_size(Index::path(folder) + "-wal"));

      const auto refused = store.put(make_profile("second", at(2)));

      REQUIRE_FALSE(refused);
      CAPTURE(refused.error().message);
      CHECK(refused.error().detail == k_disk_full);
      CHECK(store->is_full());
      CHECK(std::filesystem::file_size(segment_path(folder, 1)) == size);
      CHECK(store.find(all_of_api()) == stored);
      CHECK(store.read(stored[0].id) == "first");
    }
    stored.push_back(store.put(make_profile("third", at(3))).value());
  }
  OpenStore store(scratch.path());
  CHECK(store.notes.empty());
  CHECK(store.find(all_of_api()) == stored);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::store
