// SPDX-License-Identifier: MIT
#include "http/upgrade.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::http {
namespace {

std::string key_in(const std::string& text) {
  constexpr std::string_view k_name = "Sec-WebSocket-Key: ";
  const auto begin = text.find(k_name) + k_name.size();
  return text.substr(begin, text.find("\r\n", begin) - begin);
}

TEST_SUITE_BEGIN("http::make_upgrade");

TEST_CASE("the request asks for a WebSocket with our headers") {
  const Request request{.url = "https://host:6443/api/x?ports=6060",
                        .headers = {{"Authorization", "Bearer t"}}};

  const auto upgrade = make_upgrade(request, "v4.channel.k8s.io", "kprofefe/1");

  REQUIRE(upgrade);
  CHECK(upgrade->text.starts_with(
      "GET /api/x?ports=6060 HTTP/1.1\r\nHost: host:6443\r\n"));
  for (const char* line :
       {"User-Agent: kprofefe/1\r\n", "Connection: Upgrade\r\n",
        "Upgrade: websocket\r\n", "Sec-WebSocket-Version: 13\r\n",
        "Sec-WebSocket-Protocol: v4.channel.k8s.io\r\n",
        "Authorization: Bearer t\r\n"}) {
    CHECK(upgrade->text.find(line) != std::string::npos);
  }
  CHECK(upgrade->text.ends_with("\r\n\r\n"));
  CHECK(key_in(upgrade->text).size() == 24);
}

TEST_CASE("a port is named as in the URL, IPv6 stands in brackets") {
  const auto host = [](std::string url) {
    const auto upgrade = make_upgrade({.url = std::move(url)}, "p", "a");
    REQUIRE(upgrade);
    const auto begin = upgrade->text.find("Host: ") + 6;
    return upgrade->text.substr(begin,
                                upgrade->text.find("\r\n", begin) - begin);
  };
  CHECK(host("https://host/") == "host");
  CHECK(host("https://host:443/") == "host:443");
  CHECK(host("http://host:8080/") == "host:8080");
  CHECK(host("https://[fd00::1]/") == "[fd00::1]");
  CHECK(host("https://[fd00::1]:6443/") == "[fd00::1]:6443");
}

TEST_CASE("two requests have two keys") {
  const auto one = make_upgrade({.url = "http://h/"}, "p", "a");
  const auto two = make_upgrade({.url = "http://h/"}, "p", "a");
  CHECK(key_in(one->text) != key_in(two->text));
  CHECK(one->accept != two->accept);
}

TEST_SUITE_END();

TEST_SUITE_BEGIN("http::read_response_head");

TEST_CASE("a head that is not whole yet is waited for") {
  const std::string head = "HTTP/1.1 403 Forbidden\r\nX: y\r\n\r\n";
  for (std::size_t size = 0; size < head.size(); ++size) {
    const auto read = read_response_head(head.substr(0, size));
    REQUIRE(read);
    CHECK_FALSE(*read);
  }
  const auto read = read_response_head(head + "body");
  REQUIRE(read);
  REQUIRE(*read);
  CHECK((*read)->status == 403);
  CHECK((*read)->size == head.size());
  CHECK(find_header((*read)->headers, "x") == "y");
}

TEST_CASE("interim answers before the final one are passed over") {
  const std::string hints =
      "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\nX: interim\r\n\r\n";
  const std::string goes_on = "HTTP/1.1 100 Continue\r\n\r\n";

  for (const char* final : {"HTTP/1.1 101 Switching Protocols\r\nX: y\r\n\r\n",
                            "HTTP/1.1 403 Forbidden\r\nX: y\r\n\r\n"}) {
    for (const int count : {1, 2, 20}) {
      std::string before;
      for (int i = 0; i < count; ++i) {
        before += i % 2 == 0 ? goes_on : hints;
      }
      const std::string all = before + final;
      CAPTURE(all);
      for (std::size_t size = 0; size < all.size(); ++size) {
        const auto part = read_response_head(all.substr(0, size));
        REQUIRE(part);
        CHECK_FALSE(*part);
      }
      const auto read = read_response_head(all + "body");
      REQUIRE(read);
      REQUIRE(*read);
      CHECK((*read)->size == all.size());
      CHECK((*read)->status == (all.contains("403") ? 403 : 101));
      CHECK((*read)->headers == Headers{{"X", "y"}});
    }
  }
}

TEST_CASE("interim answers without an end are refused") {
  std::string bytes;
  while (bytes.size() < 70'000) {
    bytes += "HTTP/1.1 102 Processing\r\n\r\n";
  }
  CHECK(!read_response_head(bytes));
}

TEST_CASE("what is no HTTP/1.x is refused, and so is a head without an end") {
  for (const char* text :
       {"SSH-2.0\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 xx\r\n\r\n",
        "HTTP/1.1\r\n\r\n", "\r\n\r\n"}) {
    CAPTURE(text);
    const auto read = read_response_head(text);
    REQUIRE(!read);
    CHECK(read.error().kind == ErrorKind::malformed);
  }
  CHECK(!read_response_head("HTTP/1.1 200 OK\r\n" + std::string(70'000, 'x')));
}

TEST_SUITE_END();

TEST_SUITE_BEGIN("http::decode_body");

TEST_CASE("by length, by chunks, or to the end of the connection") {
  const ResponseHead length{.headers = {{"Content-Length", "4"}}};
  CHECK_FALSE(is_whole_body(length, "bod"));
  CHECK(is_whole_body(length, "body"));
  CHECK(decode_body(length, "body and more") == "body");

  const ResponseHead chunked{.headers = {{"Transfer-Encoding", "chunked"}}};
  const std::string chunks = "2\r\nbo\r\n2;x=y\r\ndy\r\n0\r\n\r\n";
  for (std::size_t size = 0; size < chunks.size() - 2; ++size) {
    const std::string part = chunks.substr(0, size);
    CHECK(std::string("body").starts_with(decode_body(chunked, part)));
  }
  CHECK(decode_body(chunked, chunks) == "body");
  CHECK(is_whole_body(chunked, chunks));
  CHECK_FALSE(is_whole_body(chunked, chunks.substr(0, 10)));
  CHECK(decode_body(chunked, "ffffffffffffffffff\r\nx").empty());

  CHECK(decode_body({}, "all of it") == "all of it");
  CHECK_FALSE(is_whole_body({}, "all of it"));
}

TEST_SUITE_END();

TEST_SUITE_BEGIN("http::check_upgrade");

TEST_CASE("RFC 6455, 1.3: only the answer to our key will do") {
  const UpgradeRequest asked{.accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="};
  const auto head = [](const char* accept, const char* protocol) {
    return ResponseHead{.status = 101,
                        .headers = {{"Sec-WebSocket-Accept", accept},
                                    {"Sec-WebSocket-Protocol", protocol}}};
  };
  CHECK(check_upgrade(head("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "p"), asked, "p"));
  CHECK(!check_upgrade(head("bm90IHRoZSByaWdodCBvbmU=", "p"), asked, "p"));
  CHECK(!check_upgrade(head("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "q"), asked, "p"));
  CHECK(!check_upgrade({.status = 101}, asked, "p"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
