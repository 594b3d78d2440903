// SPDX-License-Identifier: MIT
#include "kube/base64.hpp"

#include <doctest/doctest.h>

namespace kprofefe::kube {
namespace {

TEST_SUITE_BEGIN("kube::base64");

TEST_CASE("base64 gives back the bytes") {
  struct Row {
    std::string_view text;
    std::string bytes;
  };

  const Row rows[] = {
      {"", ""},
      {"Zg==", "f"},
      {"Zm8=", "fo"},
      {"Zm9v", "foo"},
      {"Zm9vYg==", "foob"},
      {"Zm9v\nYmFy\r\n", "foobar"},
      {"Zm8\n=\n", "fo"},
      {"/+8A", std::string("\xff\xef\0", 3)},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(decode_base64(row.text) == row.bytes);
  }
}

TEST_CASE("what is no base64 is refused") {
  for (const char* text :
       {"Z", "Zg", "Zg=", "Zg===", "=", "====", "Zm9v=", "Zg==Zg==", "Zm 9v",
        "Zm9v-_8A", "!!!!", "Zm9\xc3"}) {
    CAPTURE(text);
    CHECK_FALSE(decode_base64(text));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
