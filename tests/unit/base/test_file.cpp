// SPDX-License-Identifier: MIT
#include "base/fd.hpp"
#include "base/file.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <new>
#include <string>
#include <string_view>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("base");

TEST_CASE("read_file gives the bytes as they are") {
  const test::Scratch scratch;
  const std::string zeros("a\0b\r\n\xff", 6);
  const std::string large(300'000, 'x');
  for (const std::string& content : {std::string(), zeros, large}) {
    const Result<std::string> read = read_file(scratch.write("file", content));
    REQUIRE(read);
    CHECK(*read == content);
  }
}

TEST_CASE("a file is read in pieces until they are enough") {
  const test::Scratch scratch;
  const std::string path = scratch.write("file", std::string(300'000, 'x'));
  std::size_t bytes = 0;
  CHECK(read_file(path, [&](std::string_view piece) {
    bytes += piece.size();
    return true;
  }));
  CHECK(bytes == 300'000);
  int pieces = 0;
  CHECK(read_file(path, [&](std::string_view) { return ++pieces < 2; }));
  CHECK(pieces == 2);
  const auto missing =
      read_file(scratch / "nowhere", [](std::string_view) { return true; });
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::not_found);
}

TEST_CASE("read_file says which file is missing") {
  const test::Scratch scratch;
  const Result<std::string> read = read_file(scratch / "nowhere");
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::not_found);
  CHECK(read.error().message ==
        "open " + (scratch / "nowhere") + ": no such file or directory");
}

TEST_CASE("read_file of something else than a file is an io error") {
  const test::Scratch scratch;
  const Result<std::string> folder = read_file(scratch.path());
  REQUIRE_FALSE(folder);
  CHECK(folder.error().kind == ErrorKind::io);
  CHECK(folder.error().message ==
        "read " + scratch.path() + ": is a directory");

  const std::string file = scratch.write("file", "x");
  const Result<std::string> below = read_file(file + "/x");
  REQUIRE_FALSE(below);
  CHECK(below.error().kind == ErrorKind::io);
  CHECK(below.error().message.ends_with(": not a directory"));
}

TEST_CASE("read_file stops at its limit") {
  const test::Scratch scratch;
  const std::string path = scratch.write("file", std::string(100, 'x'));
  CHECK(read_file(path, 100));
  const Result<std::string> read = read_file(path, 99);
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::io);
  CHECK(read.error().message == "read " + path + ": larger than 99 bytes");
  CHECK_FALSE(read_file("/dev/zero", 1'000'000));
}

TEST_CASE("read_all reads a pipe to its end, and names it in errors") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const Fd out(ends[0]);
  Fd in(ends[1]);
  REQUIRE(::write(in.get(), "some", 4) == 4);
  REQUIRE(::write(in.get(), " text", 5) == 5);
  in.close();

  const Result<std::string> read = read_all(out.get(), "standard input", 100);
  REQUIRE(read);
  CHECK(*read == "some text");

  const Result<std::string> wrong = read_all(-1, "standard input", 100);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message == "read standard input: bad file descriptor");
}

TEST_CASE("errno_text is in lower case") {
  CHECK(errno_text(ENOENT) == "no such file or directory");
  CHECK(errno_text(ENOSPC) == "no space left on device");
  CHECK_FALSE(errno_text(99'999).empty());
}

TEST_CASE("write_file replaces a file, or leaves it as it was") {
  const test::Scratch scratch;
  const std::string path = scratch.write("file", "old");
  REQUIRE(write_file(path, "new"));
  CHECK(read_file(path).value() == "new");
  REQUIRE(write_file(scratch / "other", std::string("a\0b", 3)));
  CHECK(read_file(scratch / "other").value() == std::string("a\0b", 3));

  const Result<void> written = write_file(scratch / "no/such/file", "x");
  REQUIRE_FALSE(written);
  CHECK(written.error().kind == ErrorKind::io);
  CHECK(written.error().message ==
        "write " + (scratch / "no/such/file") + ": no such file or directory");
}

TEST_CASE("write_file takes bytes as they are made") {
  const test::Scratch scratch;
  const std::string path = scratch.write("file", "old");
  REQUIRE(write_file(
      path, [](const Sink& sink) { return sink("new") && sink("er"); }));
  CHECK(read_file(path).value() == "newer");

  CHECK_FALSE(
      write_file(path, [](const Sink& sink) { return sink("half") && false; }));
  CHECK(read_file(path).value() == "newer");

  int pieces = 0;
  const Result<void> full = write_file("/dev/full", [&](const Sink& sink) {
    while (sink("x")) {
      ++pieces;
    }
    errno = 0;
    return false;
  });
  REQUIRE_FALSE(full);
  CHECK(pieces == 0);
  CHECK(full.error().message == "write /dev/full: no space left on device");
}

bool is_empty(const std::string& folder) {
  return std::filesystem::is_empty(folder);
}

TEST_CASE("a file that did not become whole leaves nothing") {
  const test::Scratch scratch;
  const std::string path = scratch / "file";
  const Producer broken = [](const Sink& sink) {
    sink("half");
    throw std::bad_alloc();
    return true;
  };
  CHECK_THROWS_AS(static_cast<void>(write_file(path, broken)), std::bad_alloc);
  CHECK(is_empty(scratch.path()));

  const Fd nameless(
      ::open(scratch.path().c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
  if (!nameless) {
    MESSAGE("this file system has no files without names");
    return;
  }
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    static_cast<void>(write_file(path, [](const Sink& sink) {
      sink("half");
      ::_exit(0);
      return true;
    }));
  }
  REQUIRE(::waitpid(child, nullptr, 0) == child);
  CHECK(is_empty(scratch.path()));
}

TEST_CASE("write_file writes to a device instead of replacing it") {
  CHECK(write_file("/dev/null", "gone"));
  const Result<void> full = write_file("/dev/full", "x");
  REQUIRE_FALSE(full);
  CHECK(full.error().message == "write /dev/full: no space left on device");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
