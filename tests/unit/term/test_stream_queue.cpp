// SPDX-License-Identifier: MIT
#include "base/fd.hpp"
#include "term/output_buffer.hpp"
#include "term/stream_queue.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <ostream>
#include <sstream>
#include <string>
#include <thread>

namespace kprofefe::term {
namespace {

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    reader = Fd(ends[0]);
    writer = Fd(ends[1]);
  }

  /// Everything until the writer is closed.
  [[nodiscard]] std::string read() const {
    std::string all;
    std::array<char, 4096> piece{};
    for (;;) {
      const ssize_t got = ::read(reader.get(), piece.data(), piece.size());
      if (got <= 0) {
        return all;
      }
      all.append(piece.data(), static_cast<std::size_t>(got));
    }
  }

  Fd reader;
  Fd writer;
};

TEST_SUITE_BEGIN("term::StreamQueue");

TEST_CASE("what has room is written at once") {
  std::ostringstream stream;
  StreamQueue queue(stream, -1, false);

  queue.write("one\n");
  CHECK(stream.str() == "one\n");
}

TEST_CASE("what is held comes at the end") {
  std::ostringstream stream;
  StreamQueue queue(stream, -1, true);

  queue.write("one\n");
  CHECK(stream.str().empty());
  queue.flush();
  CHECK(stream.str() == "one\n");
}

TEST_CASE("a reader that does not read holds nobody up, and loses nothing") {
  Pipe pipe;
  OutputBuffer buffer(pipe.writer.get());
  std::ostream stream(&buffer);
  StreamQueue queue(stream, pipe.writer.get(), false);
  std::string expected;

  // More than a pipe holds: without the queue this would never end.
  for (int i = 0; i < 100'000; ++i) {
    const std::string line = "line " + std::to_string(i) + "\n";
    queue.write(line);
    expected += line;
  }
  std::string read;
  std::thread reader([&] { read = pipe.read(); });
  queue.flush();
  REQUIRE(pipe.writer.close() == 0);
  reader.join();

  CHECK(read == expected);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::term
