// SPDX-License-Identifier: MIT
#include "http/url.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace kprofefe::http {
namespace {

TEST_SUITE_BEGIN("http::Url");

TEST_CASE("parse_url takes a URL apart, origin puts its head together") {
  struct Row {
    std::string text;
    Url url;
    std::string origin;
  };

  const Row rows[] = {
      {"http://host", {"http", "host", 80, "", ""}, "http://host"},
      {"https://host", {"https", "host", 443, "", ""}, "https://host"},
      {"http://host:80/", {"http", "host", 80, "", ""}, "http://host"},
      {"http://host:443", {"http", "host", 443, "", ""}, "http://host:443"},
      {"https://host:6443/k8s/clusters/c-x/",
       {"https", "host", 6443, "/k8s/clusters/c-x", ""},
       "https://host:6443"},
      {"HTTP://10.0.0.1:6060/a//?x=1&y=%20",
       {"http", "10.0.0.1", 6060, "/a", "x=1&y=%20"},
       "http://10.0.0.1:6060"},
      {"http://[::1]:6060/a%2Fb",
       {"http", "::1", 6060, "/a%2Fb", ""},
       "http://[::1]:6060"},
      {"https://[fd00::a]",
       {"https", "fd00::a", 443, "", ""},
       "https://[fd00::a]"},
      {"http://host/a#part", {"http", "host", 80, "/a", ""}, "http://host"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<Url> url = parse_url(row.text);
    REQUIRE(url);
    CHECK(url->scheme == row.url.scheme);
    CHECK(url->host == row.url.host);
    CHECK(url->port == row.url.port);
    CHECK(url->path == row.url.path);
    CHECK(url->query == row.url.query);
    CHECK(origin(*url) == row.origin);
  }
}

TEST_CASE("parse_url refuses what is no http URL") {
  struct Row {
    const char* text;
    const char* words;
  };

  const Row rows[] = {
      {"", "): use https://host:port"},
      {"host", "): use https://host:port"},
      {"host:10100", "https://host:port"},
      {"http://", "): use https://host:port"},
      {"http://host:99999", "): use https://host:port"},
      {"http://host:port", "): use https://host:port"},
      {"http://[::1", "): use https://host:port"},
      {"http://host/a b", "): use https://host:port"},
      {"ftp://host", "instead of ftp"},
      {"file:///etc/passwd", "instead of file"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<Url> url = parse_url(row.text);
    REQUIRE_FALSE(url);
    CHECK(url.error().kind == ErrorKind::usage);
    CAPTURE(url.error().message);
    CHECK(url.error().message.find(row.words) != std::string::npos);
  }
}

TEST_CASE("parse_url refuses credentials and does not repeat them") {
  for (const char* text :
       {"http://user:hunter2@host/x", "https://hunter2@host",
        "http://:hunter2@host", "ftp://user:hunter2@host",
        "http://user:hunter2@host:99999", "http://user:hunter2@",
        "http://user:hunter2@host/a b@c"}) {
    CAPTURE(text);
    const Result<Url> url = parse_url(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().kind == ErrorKind::usage);
    CAPTURE(url.error().message);
    CHECK(url.error().message.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("host_header has the port that the URL has, and no other") {
  const auto host = [](std::string_view text) {
    return host_header(*parse_url(text));
  };
  CHECK(host("https://host") == "host");
  CHECK(host("https://host:443/x") == "host:443");
  CHECK(host("http://host:443") == "host:443");
  CHECK(host("https://[fd00::1]") == "[fd00::1]");
  CHECK(host("https://[fd00::1]:443") == "[fd00::1]:443");
}

TEST_CASE("resolve goes from a URL to where a reference leads") {
  const auto from = [](std::string_view reference) {
    return resolve("https://host:6443/a/b?c=1", reference).value_or("none");
  };
  CHECK(from("/new?x=2") == "https://host:6443/new?x=2");
  CHECK(from("d") == "https://host:6443/a/d");
  CHECK(from("https://other/") == "https://other/");
  CHECK(from("//other/x") == "https://other/x");
  CHECK(from("http://[bad") == "none");
}

TEST_CASE("authority brackets IPv6 only") {
  CHECK(authority("10.0.0.1", 6060) == "10.0.0.1:6060");
  CHECK(authority("host", 80) == "host:80");
  CHECK(authority("fd00::1", 6060) == "[fd00::1]:6060");
}

TEST_CASE("percent_encode leaves only what is unreserved") {
  CHECK(percent_encode("azAZ09-._~") == "azAZ09-._~");
  CHECK(percent_encode(" !\"#$%&'()*+,/:;<=>?@[\\]^`{|}") ==
        "%20%21%22%23%24%25%26%27%28%29%2A%2B%2C%2F%3A%3B%3C%3D%3E%3F%40%5B"
        "%5C%5D%5E%60%7B%7C%7D");
  CHECK(percent_encode("é\x7f\n") == "%C3%A9%7F%0A");
  CHECK(percent_encode(std::string_view("\0", 1)) == "%00");
  CHECK(percent_encode("").empty());
}

TEST_CASE("Query encodes both sides, keeps the order and drops what is empty") {
  Query query;
  CHECK(query.text().empty());

  query.add("b", "1 2").add("dropped", "").add("a=", "x&y");

  CHECK(query.text() == "b=1%202&a%3D=x%26y");
}

TEST_CASE("only plain addresses are addresses") {
  for (const char* good :
       {"10.0.0.1", "127.5.6.7", "::1", "fd00::1:2", "::ffff:1.2.3.4"}) {
    CAPTURE(good);
    CHECK(is_ip_address(good));
  }
  for (const char* bad :
       {"", "10.0.0", "10.0.0.1:80", "[::1]", "fe80::1%eth0", "localhost",
        "10.0.0.1/debug", "evil.example", " 10.0.0.1", "010.0.0.1"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_ip_address(bad));
  }
  CHECK_FALSE(is_ip_address(std::string_view("10.0.0.1\0x", 10)));
}

TEST_CASE("a log has no users and no secrets of a URL") {
  const std::pair<const char*, const char*> rows[] = {
      {"http://host/path?x=1", "http://host/path?x=1"},
      {"http://me:pw@host:80/path", "http://host:80/path"},
      {"http://host/?token=t&x=1&X-Amz-Signature=s&sig=z",
       "http://host/?token=***&x=1&X-Amz-Signature=***&sig=***"},
      {"http://host/?token", "http://host/?token"},
  };
  for (const auto& [url, shown] : rows) {
    CHECK(loggable_url(url) == shown);
  }
}

}  // namespace
}  // namespace kprofefe::http
