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

TEST_SUITE_BEGIN("http::AnswerReader");

TEST_CASE("a head that is not whole yet is waited for") {
  const std::string head = "HTTP/1.1 403 Forbidden\r\nX: y\r\n\r\n";
  AnswerReader answer;
  for (const char c : head) {
    CHECK_FALSE(answer.head());
    REQUIRE(answer.add({&c, 1}));
  }
  REQUIRE(answer.head());
  CHECK(answer.head()->status == 403);
  CHECK(find_header(answer.head()->headers, "x") == "y");
  CHECK(answer.add("body"));
  CHECK(answer.body() == "body");
}

TEST_CASE("interim answers before the final one are passed over") {
  const std::string hints =
      "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\nX: interim\r\n\r\n";
  const std::string goes_on = "HTTP/1.1 100 Continue\r\n\r\n";

  for (const char* final : {"HTTP/1.1 101 Switching Protocols\r\nX: y\r\n\r\n",
                            "HTTP/1.1 403 Forbidden\r\nX: y\r\n\r\n"}) {
    for (const int count : {1, 2, 20}) {
      std::string all;
      for (int i = 0; i < count; ++i) {
        all += i % 2 == 0 ? goes_on : hints;
      }
      all += final;
      CAPTURE(all);
      AnswerReader slow;
      for (const char c : all) {
        CHECK_FALSE(slow.head());
        REQUIRE(slow.add({&c, 1}));
      }
      AnswerReader fast;
      REQUIRE(fast.add(all + "body"));
      for (const AnswerReader* answer : {&slow, &fast}) {
        REQUIRE(answer->head());
        CHECK(answer->head()->status == (all.contains("403") ? 403 : 101));
        CHECK(answer->head()->headers == Headers{{"X", "y"}});
      }
      CHECK((all.contains("403") ? fast.body() : fast.rest()) == "body");
    }
  }
}

TEST_CASE("interim answers without an end are refused") {
  AnswerReader answer;
  Result<void> taken;
  for (int bytes = 0; taken && bytes < 70'000; bytes += 27) {
    taken = answer.add("HTTP/1.1 102 Processing\r\n\r\n");
  }
  CHECK(!taken);
}

TEST_CASE("what is no HTTP/1.x is refused, and so is a head without an end") {
  for (const std::string& text :
       {std::string("SSH-2.0\r\n\r\n"), std::string("HTTP/2 200\r\n\r\n"),
        std::string("HTTP/1.1 xx\r\n\r\n"), std::string("HTTP/1.1\r\n\r\n"),
        "HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x')}) {
    CAPTURE(text.substr(0, 20));
    AnswerReader answer;
    const Result<void> taken = answer.add(text);
    REQUIRE(!taken);
    CHECK(taken.error().kind == ErrorKind::malformed);
  }
}

TEST_CASE("a body ends by its length, by chunks, or with the connection") {
  const std::string status = "HTTP/1.1 403 Forbidden\r\n";
  AnswerReader length;
  REQUIRE(length.add(status + "Content-Length: 4\r\n\r\nbod"));
  CHECK_FALSE(length.is_whole());
  REQUIRE(length.add("y and more"));
  CHECK(length.is_whole());
  CHECK(length.body() == "body");

  AnswerReader chunked;
  REQUIRE(chunked.add(status + "Transfer-Encoding: chunked\r\n\r\n"));
  for (const char c : std::string("2\r\nbo\r\n2;x=y\r\ndy\r\n0\r\n\r\n")) {
    CHECK_FALSE(chunked.is_whole());
    CHECK(std::string("body").starts_with(chunked.body()));
    REQUIRE(chunked.add({&c, 1}));
  }
  CHECK(chunked.is_whole());
  CHECK(chunked.body() == "body");

  AnswerReader broken;
  CHECK(!broken.add(status + "Transfer-Encoding: chunked\r\n\r\n" +
                    "ffffffffffffffffff\r\nx"));
  REQUIRE(broken.head());
  CHECK(broken.head()->status == 403);
  CHECK(broken.body().empty());

  AnswerReader to_the_end;
  REQUIRE(to_the_end.add(status + "\r\nall of it"));
  CHECK(to_the_end.body() == "all of it");
  CHECK_FALSE(to_the_end.is_whole());
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
