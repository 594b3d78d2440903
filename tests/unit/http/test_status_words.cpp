// SPDX-License-Identifier: MIT
#include "http/status_words.hpp"

#include <doctest/doctest.h>

namespace kprofefe::http {
namespace {

TEST_CASE("a status is told from what says more") {
  for (const char* text :
       {"", "409 Conflict", "Conflict.", "504 Gateway Time-out", "Error",
        "HTTP Status 400 – Bad Request", "Too Many Requests\n"}) {
    CAPTURE(text);
    CHECK(says_only_a_status(text));
  }
  for (const char* text :
       {"Sign in", "wrong replica", "Error: no profiler", "Access Denied"}) {
    CAPTURE(text);
    CHECK_FALSE(says_only_a_status(text));
  }
}

}  // namespace
}  // namespace kprofefe::http
