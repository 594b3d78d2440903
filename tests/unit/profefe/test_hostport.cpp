// SPDX-License-Identifier: MIT
#include "profefe/hostport.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::profefe {
namespace {

TEST_SUITE_BEGIN("profefe::parse_hostport");

TEST_CASE("a scheme is optional, a path kept, a trailing slash dropped") {
  struct Row {
    const char* text;
    const char* base;
  };

  const Row rows[] = {
      {"http://localhost:10100", "http://localhost:10100"},
      {"http://localhost:10100/", "http://localhost:10100"},
      {"localhost:10100", "http://localhost:10100"},
      {"profefe", "http://profefe"},
      {"10.0.0.1:10100", "http://10.0.0.1:10100"},
      {"[::1]:10100", "http://[::1]:10100"},
      {"https://example.test", "https://example.test"},
      {"https://example.test/a/b//", "https://example.test/a/b"},
      {"profefe:10100/prefix/", "http://profefe:10100/prefix"},
      {" http://localhost:10100\n", "http://localhost:10100"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<ServerAddress> address = parse_hostport(row.text);
    REQUIRE(address);
    CHECK(http::origin(address->url) + address->url.path == row.base);
    CHECK_FALSE(address->service);
  }
}

TEST_CASE("a Service has a name, and may have a namespace and a port") {
  struct Row {
    const char* text;
    const char* name;
    const char* ns;
    const char* port;
  };

  const Row rows[] = {
      {"svc/profefe", "profefe", "", ""},
      {"svc/profefe.monitoring", "profefe", "monitoring", ""},
      {"svc/profefe.monitoring:10100", "profefe", "monitoring", "10100"},
      {"service/profefe:http", "profefe", "", "http"},
      {"services/profefe", "profefe", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<ServerAddress> address = parse_hostport(row.text);
    REQUIRE(address);
    REQUIRE(address->service);
    CHECK(address->service->name == row.name);
    CHECK(address->service->ns == row.ns);
    CHECK(address->service->port == row.port);
  }
}

TEST_CASE("what is no address of a server is refused") {
  struct Row {
    const char* text;
    const char* words;
  };

  const Row rows[] = {
      {"", "): use https://host:port"},
      {"http://", "): use https://host:port"},
      {"ftp://host:1", "use http or https instead of ftp"},
      {"http://host:99999", "): use https://host:port"},
      {"http://host:10100?x=1", "must not have a query"},
      {"svc/", "use svc/NAME[.NAMESPACE][:PORT]"},
      {"svc/a.", "use svc/NAME[.NAMESPACE][:PORT]"},
      {"svc/a:", "use svc/NAME[.NAMESPACE][:PORT]"},
      {"svc/a/b", "use svc/NAME[.NAMESPACE][:PORT]"},
      {"svc/a.b.c", "use svc/NAME[.NAMESPACE][:PORT]"},
      {"svc/a..", "use svc/NAME[.NAMESPACE][:PORT]"},
      {"svc/a:1:2", "use svc/NAME[.NAMESPACE][:PORT]"},
      {"svc/A", "use svc/NAME[.NAMESPACE][:PORT]"},
      {"user:hunter2@host:10100", "user name or password"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<ServerAddress> address = parse_hostport(row.text);
    REQUIRE_FALSE(address);
    CHECK(address.error().kind == ErrorKind::usage);
    CHECK(address.error().message.find(row.words) != std::string::npos);
    CHECK(address.error().message.find("hunter2") == std::string::npos);
  }
}

}  // namespace
}  // namespace kprofefe::profefe
