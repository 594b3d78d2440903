// SPDX-License-Identifier: MIT
#include "base/text_file.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe {
namespace {

using namespace std::string_literals;

TEST_SUITE_BEGIN("base::text_file");

TEST_CASE("a byte order mark says what a text is written in") {
  struct Row {
    const char* name;
    std::string bytes;
    std::string text;
  };

  const Row rows[] = {
      {"no mark", "a\xc3\xa4", "a\xc3\xa4"},
      {"empty", "", ""},
      {"one byte", "\xff", "\xff"},
      {"UTF-8", "\xef\xbb\xbf{\r\n", "{\r\n"},
      {"a mark alone", "\xff\xfe", ""},
      {"UTF-16, little-endian", "\xff\xfe{\0\xe4\0\n\0"s, "{\xc3\xa4\n"},
      {"UTF-16, big-endian", "\xfe\xff\0{\0\xe4\0\n"s, "{\xc3\xa4\n"},
      {"three bytes a character", "\xfe\xff\x20\xac"s, "\xe2\x82\xac"},
      {"a pair of surrogates", "\xfe\xff\xd8\x3d\xde\x00"s, "\xf0\x9f\x98\x80"},
      {"half a pair", "\xfe\xff\xd8\x3d\0a"s, "\xef\xbf\xbd\x61"},
      {"half a pair at the end", "\xfe\xff\xd8\x3d"s, "\xef\xbf\xbd"},
      {"the other half", "\xfe\xff\xde\x00\0a"s, "\xef\xbf\xbd\x61"},
      {"half a unit", "\xfe\xff\0a\0"s, "a\xef\xbf\xbd"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(decode_text(row.bytes) == row.text);
  }
}

TEST_CASE("a text file is read as UTF-8") {
  const test::Scratch scratch;

  CHECK(read_text_file(scratch.write("x", "\xff\xfe{\0"s)) == "{");
  CHECK(read_text_file(scratch.path() + "/none").error().kind ==
        ErrorKind::not_found);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
