// SPDX-License-Identifier: MIT
#include "base/file.hpp"
#include "collect/unnamed_file.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <iterator>
#include <string>

namespace kprofefe::collect {
namespace {

namespace fs = std::filesystem;
using test::Scratch;
using Kind = UnnamedFile::Kind;

Fd open_folder(const Scratch& scratch) {
  return Fd(::open(scratch.path().c_str(), O_RDONLY | O_DIRECTORY));
}

auto count_entries(const Scratch& scratch) {
  return std::distance(fs::directory_iterator(scratch.path()), {});
}

TEST_SUITE_BEGIN("collect::UnnamedFile");

TEST_CASE("it appears whole, under a name that was free, and private") {
  for (const Kind kind : {Kind::anonymous, Kind::hidden}) {
    CAPTURE(static_cast<int>(kind));
    const Scratch scratch;
    const Fd folder = open_folder(scratch);
    {
      auto file = UnnamedFile::create(folder.get(), kind);
      REQUIRE(file);
      CHECK_FALSE(fs::exists(scratch / "name"));
      REQUIRE(write_all(file->fd(), "bytes"));
      CHECK(file->flush());
      CHECK(file->give_name("name"));
    }
    CHECK(read_file(scratch / "name") == "bytes");
    struct stat about{};
    REQUIRE(::stat((scratch / "name").c_str(), &about) == 0);
    CHECK((about.st_mode & 07777) == 0600);
    CHECK(about.st_nlink == 1);
    CHECK(count_entries(scratch) == 1);
  }
}

TEST_CASE("a name that is taken is left alone, and another can be given") {
  for (const Kind kind : {Kind::anonymous, Kind::hidden}) {
    CAPTURE(static_cast<int>(kind));
    const Scratch scratch;
    static_cast<void>(scratch.write("taken", "old"));
    const Fd folder = open_folder(scratch);
    auto file = UnnamedFile::create(folder.get(), kind);
    REQUIRE(file);

    CHECK_FALSE(file->give_name("taken"));
    CHECK(errno == EEXIST);
    CHECK(file->give_name("free"));

    CHECK(read_file(scratch / "taken") == "old");
  }
}

TEST_CASE("without a name nothing is left of it") {
  const Scratch scratch;
  const Fd folder = open_folder(scratch);
  for (const Kind kind : {Kind::anonymous, Kind::hidden}) {
    REQUIRE(UnnamedFile::create(folder.get(), kind));
  }
  CHECK(count_entries(scratch) == 0);
}

TEST_CASE("what a killed process left is removed, what lives is not") {
  const Scratch scratch;
  const Fd folder = open_folder(scratch);
  static_cast<void>(scratch.write(".profefe-1-0.partial", "left"));
  static_cast<void>(scratch.write(".profefe-1-0.partial.txt", "not ours"));
  static_cast<void>(scratch.write("profile.partial", "not ours"));
  fs::create_directory(scratch / ".profefe-2-0.partial");
  fs::create_symlink(scratch / "profile.partial",
                     scratch / ".profefe-3-0.partial");
  REQUIRE(::mkfifo((scratch / ".profefe-4-0.partial").c_str(), 0600) == 0);
  auto living = UnnamedFile::create(folder.get(), Kind::hidden);
  REQUIRE(living);

  remove_leftovers(folder.get());

  CHECK_FALSE(fs::exists(scratch / ".profefe-1-0.partial"));
  CHECK(count_entries(scratch) == 6);
  CHECK(living->give_name("name"));
}

TEST_CASE("a hidden name that another process has is not shared with it") {
  const Scratch scratch;
  const Fd folder = open_folder(scratch);
  auto first = UnnamedFile::create(folder.get(), Kind::hidden);
  auto second = UnnamedFile::create(folder.get(), Kind::hidden);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(count_entries(scratch) == 2);
  CHECK(first->give_name("first"));
  CHECK(second->give_name("second"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
