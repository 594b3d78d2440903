// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "base/file.hpp"
#include "collect/directory_sink.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <set>

namespace kprofefe::collect {
namespace {

namespace fs = std::filesystem;
using test::Scratch;

const Target k_target{.ns = "shop", .pod = "api"};

FetchedProfile profile(std::string_view bytes) {
  return {.target = &k_target,
          .kind = pprof::ProfileKind::heap,
          .taken_at = SystemTime(std::chrono::seconds(1700000000)),
          .bytes = bytes};
}

Result<std::string> deliver(Sink& sink, const FetchedProfile& what) {
  async::Loop loop;
  return loop.run(sink.deliver(what));
}

TEST_SUITE_BEGIN("collect::DirectorySink");

TEST_CASE("a profile becomes a private file with the documented name") {
  const Scratch scratch;
  const auto sink = open_directory_sink(scratch.path() + "/");
  REQUIRE(sink);

  const auto path = deliver(**sink, profile("bytes"));

  REQUIRE(path);
  CHECK(*path == scratch / "profile-heap-shop_api-1700000000.pb.gz");
  CHECK(read_file(*path) == "bytes");
  struct stat status{};
  REQUIRE(::stat(path->c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);
}

TEST_CASE("a taken name is never overwritten, and nothing is lost") {
  const Scratch scratch;
  const auto sink = open_directory_sink(scratch.path());
  REQUIRE(sink);

  const auto first = deliver(**sink, profile("one"));
  const auto second = deliver(**sink, profile("two"));

  REQUIRE(first);
  REQUIRE(second);
  CHECK(*second == scratch / "profile-heap-shop_api-1700000000-1.pb.gz");
  CHECK(read_file(*first) == "one");
  CHECK(read_file(*second) == "two");
}

TEST_CASE("the longest names that Kubernetes has are stored") {
  const Scratch scratch;
  const auto sink = open_directory_sink(scratch.path());
  REQUIRE(sink);
  std::set<std::string> paths;
  for (const char* last : {"x", "y"}) {
    const Target target{.ns = std::string(63, 'n'),
                        .pod = std::string(252, 'a') + last};
    FetchedProfile long_one = profile(last);
    long_one.target = &target;

    const auto path = deliver(**sink, long_one);

    REQUIRE_MESSAGE(path, path.error().message);
    CHECK(read_file(*path) == last);
    paths.insert(*path);
  }
  CHECK(paths.size() == 2);
}

TEST_CASE("nothing but the profile is left in the folder") {
  const Scratch scratch;
  static_cast<void>(scratch.write(".profefe-1-0.partial", "left"));
  const auto sink = open_directory_sink(scratch.path(), {.fsync = true});
  REQUIRE(sink);

  const auto path = deliver(**sink, profile("bytes"));

  REQUIRE(path);
  for (const fs::directory_entry& entry :
       fs::directory_iterator(scratch.path())) {
    CHECK(entry.path() == *path);
  }
}

TEST_CASE("a link at the name is neither followed nor replaced") {
  const Scratch scratch;
  const std::string victim = scratch.write("elsewhere/victim", "untouched");
  fs::create_directory(scratch / "out");
  fs::create_symlink(victim,
                     scratch / "out/profile-heap-shop_api-1700000000.pb.gz");
  const auto sink = open_directory_sink(scratch / "out");
  REQUIRE(sink);

  const auto path = deliver(**sink, profile("new"));

  REQUIRE(path);
  CHECK(path->ends_with("-1.pb.gz"));
  CHECK(read_file(victim) == "untouched");
}

TEST_CASE("a missing folder is made, and those above it") {
  const Scratch scratch;
  CHECK(open_directory_sink(scratch / "missing/folder"));
  CHECK(fs::is_directory(scratch / "missing/folder"));
}

TEST_CASE("a file is no folder") {
  const Scratch scratch;
  const auto sink = open_directory_sink(scratch.write("file", ""));
  REQUIRE_FALSE(sink);
  CHECK(sink.error().kind == ErrorKind::io);
  CHECK(sink.error().message.find("ot a directory") != std::string::npos);
}

TEST_CASE("what cannot be written whole leaves no file") {
  // /dev/full is a disk that is always full; a folder of that kind is not to
  // be had without mounting, so the failure is a folder that has gone.
  const Scratch scratch;
  fs::create_directory(scratch / "out");
  const auto sink = open_directory_sink(scratch / "out");
  REQUIRE(sink);
  fs::remove_all(scratch / "out");

  const auto path = deliver(**sink, profile("bytes"));

  REQUIRE_FALSE(path);
  CHECK(path.error().kind == ErrorKind::io);
  CHECK(path.error().message.find("/out: the directory has been removed") !=
        std::string::npos);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
