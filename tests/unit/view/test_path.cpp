// SPDX-License-Identifier: MIT
#include "view/files/path.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

TEST_CASE("clean_path is the shortest that means the same") {
  struct Row {
    std::string_view path;
    std::string_view cleaned;
  };

  for (const Row& row : {Row{"", "."}, Row{"a", "a"}, Row{"a//b/./c", "a/b/c"},
                         Row{"a/b/../c/", "a/c"}, Row{"../a", "../a"},
                         Row{"a/../../b", "../b"}, Row{"/../a", "/a"},
                         Row{"/", "/"}, Row{"//a", "/a"}, Row{"a/..", "."}}) {
    CAPTURE(row.path);
    CHECK(clean_path(row.path) == row.cleaned);
  }
}

TEST_CASE("folder_of is all but the last part") {
  CHECK(folder_of("/a/b") == "/a");
  CHECK(folder_of("/a") == "/");
  CHECK(folder_of("/") == "/");
  CHECK(folder_of("a") == ".");
}

TEST_CASE("trimmed_path cuts a configured prefix off") {
  CHECK(trimmed_path("/go/src/main.go", {"/go"}, {}) == "src/main.go");
  CHECK(trimmed_path("/go/src/main.go", {"/x", "/go/"}, {}) == "src/main.go");
  CHECK(trimmed_path("/gopher/main.go", {"/go"}, {}) == "/gopher/main.go");
}

TEST_CASE("trimmed_path guesses by the last folder of the search path") {
  CHECK(trimmed_path("/build/api/pkg/a.go", {}, {"/home/me/api"}) ==
        "pkg/a.go");
  CHECK(trimmed_path("/build/web/pkg/a.go", {}, {"/home/me/api", "/x/web"}) ==
        "pkg/a.go");
  CHECK(trimmed_path("/build/other/a.go", {}, {"/home/me/api"}) ==
        "/build/other/a.go");
  // A configured prefix ends the guessing.
  CHECK(trimmed_path("/build/api/a.go", {"/go"}, {"/home/me/api"}) ==
        "/build/api/a.go");
}

TEST_CASE("trimmed_path never keeps /proc/self/cwd") {
  CHECK(trimmed_path("/proc/self/cwd/a.go", {}, {}) == "a.go");
  CHECK(trimmed_path("/proc/self/cwd/./a.go", {}, {}) == "a.go");
}

}  // namespace
}  // namespace kprofefe::view
