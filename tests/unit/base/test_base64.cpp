// SPDX-License-Identifier: MIT
#include "base/base64.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("base::base64");

TEST_CASE("base64 is what RFC 4648 lists") {
  CHECK(encode_base64("").empty());
  CHECK(encode_base64("f") == "Zg==");
  CHECK(encode_base64("fo") == "Zm8=");
  CHECK(encode_base64("foo") == "Zm9v");
  CHECK(encode_base64("foobar") == "Zm9vYmFy");
  CHECK(encode_base64("\xff\xfe\xfd") == "//79");
}

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

TEST_CASE("encode_base64 pads, and decodes to what it was") {
  for (const auto& [bytes, text] : {std::pair<std::string, std::string>{"", ""},
                                    {"f", "Zg=="},
                                    {"fo", "Zm8="},
                                    {"foo", "Zm9v"},
                                    {"foob", "Zm9vYg=="},
                                    {"\xff\xfe\xfb", "//77"}}) {
    CAPTURE(text);
    CHECK(encode_base64(bytes) == text);
    CHECK(decode_base64(text) == bytes);
  }
}

TEST_CASE("decode_base64_url knows the other alphabet and needs no padding") {
  CHECK(decode_base64_url("__77Zg") ==
        "\xff\xfe\xfb"
        "f");
  CHECK_FALSE(decode_base64_url("a"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
