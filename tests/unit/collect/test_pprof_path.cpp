// SPDX-License-Identifier: MIT
#include "collect/pprof_path.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::collect {
namespace {

TEST_SUITE_BEGIN("collect::why_no_pprof_path");

TEST_CASE("paths of programs are paths") {
  for (const char* path :
       {"/", "/debug/pprof", "/debug/pprof/", "//x", "/.well-known/pprof",
        "/..a/b..", "/...", "/a%20b", "/a;b=c", "/%7Euser", "/a:b@c"}) {
    CAPTURE(path);
    CHECK_FALSE(why_no_pprof_path(path));
  }
}

TEST_CASE("what could mean another resource is refused, however it is spelt") {
  for (const char* path :
       {"/../../api/v1/secrets", "/..", "/.", "/a/./b", "/a/..", "/%2e%2e/x",
        "/%2E./x", "/.%2e", "/..;/x", "/.;a=b/x"}) {
    CAPTURE(path);
    const auto why = why_no_pprof_path(path);
    REQUIRE(why);
    CHECK(why->find("must not contain . or .. segments") != std::string::npos);
  }
  for (const char* path : {"/a%2f..%2fb", "/a%5c..%5cb", "/%252e%252e/x",
                           "/%00", "/%0d%0a", "/%7f", "/%", "/%4", "/%zz"}) {
    CAPTURE(path);
    const auto why = why_no_pprof_path(path);
    REQUIRE(why);
    CHECK(why->find("hex digits") != std::string::npos);
  }
}

TEST_CASE("what is no ASCII path is refused, whatever sign a char has") {
  for (const char* path : {"", "debug", "/a?b", "/a#b", "/a\\..\\b", "/a b",
                           "/a\tb", "/a\r\nb", "/a\x7f", "/caf\xc3\xa9"}) {
    CAPTURE(path);
    const auto why = why_no_pprof_path(path);
    REQUIRE(why);
    CHECK(why->find("must start with /") != std::string::npos);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
