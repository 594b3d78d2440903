// SPDX-License-Identifier: MIT
#include "pprof/index.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

using Entries = std::vector<IndexEntry>;

TEST_SUITE_BEGIN("pprof::read_index");

TEST_CASE("the page of Go 1.26") {
  CHECK(
      read_index(
          "<html>\n<head>\n<title>/debug/pprof/</title>\n</head>\n<body>\n"
          "Types of profiles available:\n<table>\n"
          "<thead><td>Count</td><td>Profile</td></thead>\n"
          "<tr><td>8</td><td><a href='allocs?debug=1'>allocs</a></td></tr>\n"
          "<tr><td>0</td><td><a href='cmdline?debug=1'>cmdline</a></td></tr>\n"
          "<tr><td>152</td><td><a href='goroutine?debug=1'>goroutine</a>"
          "</td></tr>\n"
          "<tr><td>1</td><td><a href='a%2Fb.C?debug=1'>a/b.&lt;C&gt;</a>"
          "</td></tr>\n"
          "<tr><td>0</td><td><a href='profile?debug=1'>profile</a></td></tr>"
          "\n</table>\n"
          "<a href=\"goroutine?debug=2\">full goroutine stack dump</a>\n"
          "<li><div class=profile-name>allocs: </div> A sampling</li>") ==
      Entries{{"allocs", 8}, {"goroutine", 152}, {"a/b.<C>", 1}, {"cpu", 0}});
}

TEST_CASE("the page of Go 1.10, and one that a proxy has rewritten") {
  CHECK(read_index("<table>\n<tr><td align=right>5<td>"
                   "<a href=\"heap?debug=1\">heap</a>\n"
                   "<tr><td align=right>7<td>"
                   "<a href=\"mutex?debug=1\">mutex</a>\n</table>") ==
        Entries{{"heap", 5}, {"mutex", 7}});
  CHECK(read_index("<tr><td>5</td><td><a href=\"/api/v1/namespaces/shop/pods/"
                   "http:api:6060/proxy/debug/pprof/heap?debug=1\">heap</a>") ==
        Entries{{"heap", 5}});
}

TEST_CASE("another page has no entries") {
  for (const char* page :
       {"", "404 page not found", "<", "<a href='x?debug=1'>x</a>",
        "<p>5</p><a href='/login'>Sign in</a>", "<td>5</td><a debug=1"}) {
    CAPTURE(page);
    CHECK(read_index(page).empty());
  }
}

TEST_CASE("a page without an end has an end") {
  std::string page;
  for (int i = 0; i < 10'000; ++i) {
    page += "<td>1</td><a href='?debug=1'>" + std::string(1000, 'x') + "</a>";
  }
  const Entries entries = read_index(page);
  CHECK(entries.size() == 100);
  CHECK(entries[0].name.size() == 200);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
