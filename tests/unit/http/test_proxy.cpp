// SPDX-License-Identifier: MIT
#include "http/no_proxy.hpp"
#include "http/proxy.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::http {
namespace {

TEST_SUITE_BEGIN("http::proxy");

TEST_CASE("a proxy's URL gets the port of its scheme") {
  struct Row {
    const char* text;
    const char* proxy;
  };

  const Row rows[] = {
      {"http://p", "http://p:80"},
      {"http://p:3128/", "http://p:3128"},
      {"https://p", "https://p:443"},
      {"socks5://p", "socks5h://p:1080"},
      {"socks5h://p:9", "socks5h://p:9"},
      {"http://[fd00::1]:3128", "http://[fd00::1]:3128"},
      {"http://me:s%40t@p", "http://me:s%40t@p:80"},
      {"http://me@p", "http://me:@p:80"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(parse_proxy_url(row.text) == row.proxy);
  }
}

TEST_CASE("what is no proxy's URL is refused without its password") {
  for (const char* text :
       {"ftp://me:s3cret@p", "me:s3cret@p:3128", "http://me:s3cret@[p", "",
        "http://", "socks4://p"}) {
    CAPTURE(text);
    const Result<std::string> proxy = parse_proxy_url(text);
    REQUIRE_FALSE(proxy);
    CHECK(proxy.error().message.find("s3cret") == std::string::npos);
  }
}

TEST_CASE("without_user leaves scheme, host and port") {
  CHECK(without_user("http://me:p@ss@h:1") == "http://h:1");
  CHECK(without_user("http://h:1") == "http://h:1");
  CHECK(without_user("me:p@h") == "h");
}

TEST_CASE("NO_PROXY names hosts as Go reads it") {
  struct Row {
    const char* exceptions;
    const char* host;
    std::uint16_t port;
    bool uses;
  };

  const Row rows[] = {
      {"", "example.com", 443, true},
      {"", "localhost", 443, false},
      {"", "127.1.2.3", 443, false},
      {"", "::1", 443, false},
      {"", "localhost.localdomain", 443, true},
      {"*", "example.com", 443, false},
      {"a.com, *", "10.0.0.1", 443, false},
      {"example.com", "example.com", 443, false},
      {"example.com", "Sub.Example.COM", 443, false},
      {"example.com", "notexample.com", 443, true},
      {".example.com", "sub.example.com", 443, false},
      {".example.com", "example.com", 443, true},
      {"*.example.com", "sub.example.com", 443, false},
      {"*.example.com", "example.com", 443, true},
      {"example.com:443", "example.com", 443, false},
      {"example.com:443", "example.com", 6443, true},
      {"EXAMPLE.com", "example.com", 443, false},
      {"10.0.0.1", "10.0.0.1", 443, false},
      {"10.0.0.1:6443", "10.0.0.1", 6443, false},
      {"10.0.0.1:6443", "10.0.0.1", 443, true},
      {"10.0.0.0/8", "10.255.0.1", 443, false},
      {"10.0.0.0/8", "11.0.0.1", 443, true},
      {"10.0.0.0/33", "10.0.0.1", 443, true},
      {"10.0.0.0/", "10.0.0.0", 443, true},
      {"0.0.0.0/0", "fd00::1", 443, true},
      {"::/0", "10.0.0.1", 443, true},
      {"fd00::/8", "fd12::1", 443, false},
      {"fd00::/8", "fe80::1", 443, true},
      {"fd00::1", "fd00:0::1", 443, false},
      {"[fd00::1]:6443", "fd00::1", 6443, false},
      {"[fd00::1]:6443", "fd00::1", 443, true},
      {"0.1", "10.0.0.1", 443, true},
      {":443, ,,x", "example.com", 443, true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.exceptions);
    CAPTURE(row.host);
    CAPTURE(row.port);
    CHECK(uses_proxy(row.exceptions, row.host, row.port) == row.uses);
  }
}

TEST_CASE("the environment's proxy follows scheme and spelling") {
  const Url https = *parse_url("https://api.example.com:6443");
  const Url http = *parse_url("http://api.example.com");
  Env env;
  CHECK(proxy_from_environment(env, https) == "");

  env.variables = {{"HTTPS_PROXY", ""},
                   {"https_proxy", "lower:1"},
                   {"HTTP_PROXY", "http://me:s@plain:2"}};
  CHECK(proxy_from_environment(env, https) == "http://lower:1");
  CHECK(proxy_from_environment(env, http) == "http://me:s@plain:2");
  env.variables["HTTPS_PROXY"] = "socks5://upper";
  CHECK(proxy_from_environment(env, https) == "socks5h://upper:1080");
  env.variables["no_proxy"] = "example.com";
  CHECK(proxy_from_environment(env, https) == "");
  env.variables["NO_PROXY"] = "other.com";
  CHECK(proxy_from_environment(env, https) == "socks5h://upper:1080");
}

TEST_CASE("a variable that is no proxy is named") {
  Env env;
  env.variables["HTTPS_PROXY"] = "ftp://me:s3cret@p";

  const Result<std::string> proxy =
      proxy_from_environment(env, *parse_url("https://h"));

  REQUIRE_FALSE(proxy);
  CHECK(proxy.error().message.starts_with("HTTPS_PROXY: "));
  CHECK(proxy.error().message.find("s3cret") == std::string::npos);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
