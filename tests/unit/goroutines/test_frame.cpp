// SPDX-License-Identifier: MIT
#include "goroutines/frame.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::goroutines {
namespace {

TEST_SUITE_BEGIN("goroutines::frame");

TEST_CASE("a frame is kept without arguments and addresses") {
  struct Row {
    std::string_view call;
    std::string_view place;
    std::string_view kept;
  };

  for (const Row& row : {
           Row{"main.f(0x1, {0x2?, 0x3}, ...)", "/src/m.go:12 +0x1d",
               "main.f\t/src/m.go:12\n"},
           Row{"main.(*T).m(0xc000012345)",
               "/src/m.go:1 +0x1d fp=0x1 sp=0x2 "
               "pc=0x3",
               "main.(*T).m\t/src/m.go:1\n"},
           Row{"main.inlined(...)", "/src/m.go:34",
               "main.inlined\t/src/m.go:34"
               "\n"},
           Row{"main.(*worker[...]).receive(0x0?)", "./generate.go:26 +0x25",
               "main.(*worker[...]).receive\t./generate.go:26\n"},
           Row{"main.main.func1.2()", "C:/a b/m.go:7 +0x1",
               "main.main.func1.2\tC:/a b/m.go:7\n"},
           Row{"created by main.start in goroutine 1", "/src/m.go:47 +0x6b",
               "created by main.start\t/src/m.go:47\n"},
           Row{"created by main.start", "/src/m.go:47 +0x6b",
               "created by main.start\t/src/m.go:47\n"},
           Row{"x_cgo_callers", "/src/c.c:12 pc=0x1234",
               "x_cgo_callers\t/src/c.c:12\n"},
           Row{"non-Go function", "pc=0x1234", "non-Go function\n"},
           Row{"...frames elided...", "", "...frames elided...\n"},
       }) {
    CAPTURE(row.call);
    std::string stack;
    append_frame(stack, row.call, row.place);
    CHECK(stack == row.kept);
  }
}

TEST_CASE("a stack is read frame by frame") {
  std::string_view stack =
      "main.f\t/src/m.go:12\n...frames elided...\ncreated by main.g\t/x:7\n";
  auto frame = next_frame(stack);
  REQUIRE(frame);
  CHECK(frame->function == "main.f");
  CHECK(frame->file() == "/src/m.go");
  CHECK(frame->line() == 12);
  CHECK_FALSE(frame->is_creator);
  frame = next_frame(stack);
  REQUIRE(frame);
  CHECK(frame->function == "...frames elided...");
  CHECK(frame->place.empty());
  CHECK(frame->line() == 0);
  frame = next_frame(stack);
  REQUIRE(frame);
  CHECK(frame->function == "main.g");
  CHECK(frame->is_creator);
  CHECK_FALSE(next_frame(stack));
}

TEST_CASE("what is behind a tab is a place only with a line or an address") {
  for (const char* place : {"/src/m.go:12", "/src/m.go:12 +0x1d", "pc=0x12",
                            "m.s:1 +0x1 fp=0x1 sp=0x1 pc=0x1"}) {
    CHECK(is_place(place));
  }
  for (const char* other : {"", "/src/m.go", "at java.lang.Thread:x", ":"}) {
    CHECK_FALSE(is_place(other));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::goroutines
