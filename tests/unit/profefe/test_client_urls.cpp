// SPDX-License-Identifier: MIT
#include "profefe/client.hpp"
#include "profefe/hostport.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::profefe {
namespace {

TEST_SUITE_BEGIN("profefe::Client URLs");

TEST_CASE("profile_url encodes an id twice, behind the server's prefix") {
  struct Row {
    const char* hostport;
    const char* id;
    const char* url;
  };

  const Row rows[] = {
      {"localhost:10100", "bpc00mript33iv4net00",
       "http://localhost:10100/api/0/profiles/bpc00mript33iv4net00"},
      {"https://example.test/pre/", "a+b",
       "https://example.test/pre/api/0/profiles/a%252Bb"},
      {"localhost:10100", "P0.svc/1/dgst,k=50%",
       "http://localhost:10100/api/0/profiles/"
       "P0.svc%252F1%252Fdgst%252Ck%253D50%2525"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.hostport);
    const Client client(
        nullptr,
        {.url = parse_hostport(row.hostport).value().url, .tunnel = nullptr},
        {});
    CHECK(client.profile_url(row.id) == row.url);
  }
}

}  // namespace
}  // namespace kprofefe::profefe
