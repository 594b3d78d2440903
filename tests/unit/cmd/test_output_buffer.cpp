// SPDX-License-Identifier: MIT
#include "cmd/streams.hpp"

#include "base/fd.hpp"
#include "base/file.hpp"
#include "support/scratch.hpp"
#include "term/output_buffer.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <ostream>
#include <sstream>
#include <string>

namespace kprofefe::cmd {
namespace {

using test::Scratch;

/// What becomes of results that are written to the descriptor.
struct Printed {
  ExitCode code = ExitCode::ok;
  std::string err;
};

Printed print_to(int fd, const std::string& text) {
  term::OutputBuffer buffer(fd);
  std::ostream out(&buffer);
  std::ostringstream err;
  Streams streams{.out = out, .err = err, .out_error = &buffer.error()};
  const Result<void> printed = print_results(streams, text);
  return {printed ? ExitCode::ok : print_error(streams, printed.error()),
          err.str()};
}

TEST_SUITE_BEGIN("term::OutputBuffer");

TEST_CASE("every byte arrives in its order, few or many at a time") {
  const Scratch scratch;
  const std::string path = scratch / "out";
  std::string expected;
  {
    const Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    term::OutputBuffer buffer(file.get());
    std::ostream out(&buffer);
    for (const std::size_t count :
         std::array<std::size_t, 8>{1, 100, 65535, 1, 65536, 3, 200000, 1}) {
      const std::string piece(count, static_cast<char>('a' + (count % 26)));
      out << piece << '\n';
      expected += piece + '\n';
    }
    out << std::flush;
    CHECK(out.good());
    CHECK(buffer.error() == 0);
  }
  CHECK(read_file(path) == expected);
}

TEST_CASE("a reader that is gone ends the command as SIGPIPE would, quietly") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
  const Fd writing(ends[1]);
  ::close(ends[0]);
  auto* const before = std::signal(SIGPIPE, SIG_IGN);
  for (const std::size_t size : std::array<std::size_t, 2>{10, 1000000}) {
    const Printed printed = print_to(writing.get(), std::string(size, 'x'));
    CHECK(static_cast<int>(printed.code) == 128 + SIGPIPE);
    CHECK(printed.err.empty());
  }
  std::signal(SIGPIPE, before);
}

TEST_CASE("another reason why nothing arrives is said") {
  const Fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  REQUIRE(full);
  const Printed printed = print_to(full.get(), "results");
  CHECK(printed.code == ExitCode::failed);
  CHECK(printed.err ==
        "error: write standard output: no space left on device\n");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
