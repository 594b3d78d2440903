// SPDX-License-Identifier: MIT
#include "base/fd.hpp"
#include "base/file.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>

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

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
