// SPDX-License-Identifier: MIT
#include "http/message.hpp"

#include <doctest/doctest.h>

namespace kprofefe::http {
namespace {

TEST_SUITE_BEGIN("http::message");

TEST_CASE("find_header takes the first of a name in any case") {
  const Headers headers = {{"X-One", "1"}, {"x-two", "2"}, {"X-TWO", "3"}};

  CHECK(find_header(headers, "x-one") == "1");
  CHECK(find_header(headers, "X-Two") == "2");
  CHECK_FALSE(find_header(headers, "X-On"));
  CHECK_FALSE(find_header({}, "X-One"));
}

TEST_CASE("content_type drops parameters and case") {
  struct Row {
    const char* header;
    const char* type;
  };

  const Row rows[] = {
      {"application/octet-stream", "application/octet-stream"},
      {"Text/HTML; charset=utf-8", "text/html"},
      {" text/plain ;x=y", "text/plain"},
      {"", ""},
      {";", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.header);
    Response response;
    response.headers = {{"content-type", row.header}};
    CHECK(response.content_type() == row.type);
  }
  CHECK(Response{}.content_type().empty());
}

TEST_CASE("only 2xx is ok") {
  struct Row {
    int status;
    bool ok;
  };

  const Row rows[] = {{0, false},   {199, false}, {200, true},
                      {204, true},  {299, true},  {300, false},
                      {304, false}, {404, false}, {500, false}};
  for (const Row& row : rows) {
    CAPTURE(row.status);
    Response response;
    response.status = row.status;
    CHECK(response.ok() == row.ok);
  }
}

}  // namespace
}  // namespace kprofefe::http
