// SPDX-License-Identifier: MIT
#include "kube/names.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::kube {
namespace {

TEST_SUITE_BEGIN("kube::names");

TEST_CASE("names are held against RFC 1123") {
  struct Row {
    std::string name;
    bool label;
    bool subdomain;
  };

  const Row rows[] = {
      {"a", true, true},
      {"web-0", true, true},
      {"0", true, true},
      {"web.example", false, true},
      {"a.b-c.d0", false, true},
      {std::string(63, 'a'), true, true},
      {std::string(64, 'a'), false, true},
      {std::string(253, 'a'), false, true},
      {std::string(254, 'a'), false, false},
      {"", false, false},
      {"-a", false, false},
      {"a-", false, false},
      {"A", false, false},
      {"a_b", false, false},
      {"a/b", false, false},
      {"..", false, false},
      {".a", false, false},
      {"a.", false, false},
      {"a..b", false, false},
      {"a.-b", false, false},
      {"a b", false, false},
      {"a\n", false, false},
      {"a%2fb", false, false},
      {"ä", false, false},
      {std::string("a\0b", 3), false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(is_dns_label(row.name) == row.label);
    CHECK(is_dns_subdomain(row.name) == row.subdomain);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::kube
