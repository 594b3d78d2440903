// SPDX-License-Identifier: MIT
#include "http/websocket_close.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::http {
namespace {

TEST_SUITE_BEGIN("http::CloseFrame");

TEST_CASE("a code and a reason, a code alone, or nothing") {
  const CloseFrame both = read_close_frame("\x03\xe9idle timeout exceeded");
  CHECK(both.code == 1001);
  CHECK(both.reason == "idle timeout exceeded");
  CHECK(both.text() == R"("idle timeout exceeded" (1001, going away))");

  const CloseFrame code = read_close_frame("\x03\xf3");
  CHECK(code.code == 1011);
  CHECK(code.text() == "1011, internal error");

  for (const char* none : {"", "\x03"}) {
    const CloseFrame frame = read_close_frame(none);
    CHECK(frame.code == CloseFrame::k_no_code);
    CHECK(frame.reason.empty());
  }
}

TEST_CASE("only a normal closure without a reason is ordinary") {
  CHECK(read_close_frame("").is_ordinary());
  CHECK(read_close_frame("\x03\xe8").is_ordinary());
  CHECK_FALSE(read_close_frame("\x03\xe8pod deleted").is_ordinary());
  CHECK_FALSE(read_close_frame("\x03\xe9").is_ordinary());
  CHECK_FALSE(read_close_frame("\x10\x01").is_ordinary());
}

TEST_CASE("a code of one's own is a number, a reason cannot steer a terminal") {
  CHECK(read_close_frame("\x10\x01").text() == "code 4097");
  CHECK(read_close_frame("\x10\x01no\x1b[2J").text() ==
        R"("no?[2J" (code 4097))");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
