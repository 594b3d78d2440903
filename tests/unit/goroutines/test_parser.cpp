// SPDX-License-Identifier: MIT
#include "goroutines/parser.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::goroutines {
namespace {

struct Read {
  std::vector<std::string> stacks;
  std::vector<std::string> states;
  bool is_truncated = false;
};

Read read(std::string_view text, std::size_t piece = 1'000'000) {
  Read read;
  Parser parser([&](const Goroutine& goroutine) {
    read.stacks.emplace_back(goroutine.stack);
    read.states.emplace_back(goroutine.header.state);
  });
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    parser.feed(text.substr(0, piece));
  }
  parser.finish();
  read.is_truncated = parser.is_truncated();
  return read;
}

constexpr std::string_view k_two =
    "goroutine 1 [running]:\n"
    "main.main()\n"
    "\t/src/main.go:7 +0x1d\n"
    "\n"
    "goroutine 7 [chan receive, 5 minutes]:\n"
    "main.f(...)\n"
    "\t/src/main.go:12\n"
    "main.g(0x1)\n"
    "\t/src/main.go:20 +0x2\n"
    "created by main.main in goroutine 1\n"
    "\t/src/main.go:6 +0x3\n";

TEST_SUITE_BEGIN("goroutines::Parser");

TEST_CASE("a dump is read the same however it is cut") {
  for (const std::size_t piece : {1UL, 2UL, 7UL, 1'000'000UL}) {
    CAPTURE(piece);
    const Read two = read(k_two, piece);
    CHECK(two.states == std::vector<std::string>{"running", "chan receive"});
    REQUIRE(two.stacks.size() == 2);
    CHECK(two.stacks[0] == "main.main\t/src/main.go:7\n");
    CHECK(two.stacks[1] ==
          "main.f\t/src/main.go:12\nmain.g\t/src/main.go:20\n"
          "created by main.main\t/src/main.go:6\n");
    CHECK_FALSE(two.is_truncated);
  }
}

TEST_CASE("line ends of Windows are line ends") {
  std::string text(k_two);
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos;
       at += 2) {
    text.insert(at, 1, '\r');
  }
  CHECK(read(text).stacks == read(k_two).stacks);
}

TEST_CASE("a log around and within a dump is left out") {
  const Read one = read(
      "I1130 09:00 starting\n\tindented (by 2)\n"
      "panic: no\n\nsignal arrived: main.go:1\n"
      "goroutine 1 [running]:\n"
      "main.main()\n"
      "time=09:00 msg=\"another thread\"\n"
      "\t/not/a/place\n"
      "\t/src/main.go:7 +0x1d\n"
      "main.f()\n"
      "\t/src/main.go:8 +0x1d\n"
      "exit status 2\n");
  REQUIRE(one.stacks.size() == 1);
  CHECK(one.stacks[0].ends_with("main.f\t/src/main.go:8\n"));
  CHECK_FALSE(one.is_truncated);
}

TEST_CASE("what Go says in place of frames is a line of its own") {
  const Read read_marks = read(
      "goroutine 1 [running]:\n"
      "\tgoroutine running on other thread; stack unavailable\n"
      "created by main.main in goroutine 1\n"
      "\t/src/main.go:6 +0x3\n\n"
      "goroutine 2 [select]:\n"
      "main.f()\n\t/m.go:1 +0x1\n"
      "...52 frames elided...\n"
      "main.g()\n\t/m.go:2 +0x1\n"
      "...additional frames elided...\n"
      "created by main.h\n\t/m.go:3 +0x1\n"
      "[originating from goroutine 1]:\n"
      "main.i(...)\n\t/m.go:4 +0x1\n\n"
      "goroutine 3 [syscall]:\n"
      "non-Go function at pc=0x1234\n"
      "c_function\n\t/c.c:12 pc=0x1\n"
      "non-Go function\n\tpc=0x1\n");
  REQUIRE(read_marks.stacks.size() == 3);
  CHECK(read_marks.stacks[0] ==
        "goroutine running on other thread; stack unavailable\n"
        "created by main.main\t/src/main.go:6\n");
  CHECK(read_marks.stacks[1] ==
        "main.f\t/m.go:1\n...frames elided...\nmain.g\t/m.go:2\n"
        "...frames elided...\ncreated by main.h\t/m.go:3\n"
        "[originating from]\nmain.i\t/m.go:4\n");
  CHECK(read_marks.stacks[2] ==
        "non-Go function\nc_function\t/c.c:12\nnon-Go function\n");
}

TEST_CASE("a dump that ends within a goroutine says so, wherever it ends") {
  const std::string_view begin = k_two.substr(0, k_two.find("goroutine 7"));
  const std::string_view second = k_two.substr(begin.size());
  for (std::size_t cut = 11; cut < second.size() - 2; ++cut) {
    const std::string text =
        std::string(begin) + std::string(second.substr(0, cut));
    // Between two frames, or within the last address, nothing tells.
    const std::string_view last =
        std::string_view(text).substr(text.rfind('\n', text.size() - 2) + 1);
    if (last.starts_with('\t') &&
        (text.ends_with('\n') || last.contains(" +0x"))) {
      continue;
    }
    CAPTURE(text);
    const Read cut_off = read(text);
    CHECK(cut_off.is_truncated);
    CHECK(cut_off.stacks.size() <= 2);
    if (cut_off.stacks.size() == 2) {
      CHECK(cut_off.stacks[1].ends_with("...the dump ends here...\n"));
    }
  }
}

TEST_CASE("a dump that was pasted without its last line end is whole") {
  CHECK_FALSE(read(k_two.substr(0, k_two.size() - 1)).is_truncated);
  CHECK_FALSE(read("").is_truncated);
  CHECK_FALSE(read("no dump at all").is_truncated);
}

TEST_CASE("a goroutine without an end does not take all memory") {
  std::string text = "goroutine 1 [running]:\n";
  for (int i = 0; i < 100'000; ++i) {
    text += "main.f" + std::to_string(i) + "()\n\t/src/main.go:7 +0x1d\n";
  }
  text += "main." + std::string(3'000'000, 'x') + "()\n\t/src/m.go:7 +0x1d\n\n";
  const Read one = read(text);
  REQUIRE(one.stacks.size() == 1);
  CHECK(one.stacks[0].size() < 1'100'000);
  CHECK(one.stacks[0].contains("...frames elided...\n"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::goroutines
