// SPDX-License-Identifier: MIT
#include "profefe/profile_type.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::profefe {
namespace {

TEST_SUITE_BEGIN("profefe::stored_type");

TEST_CASE("profefe's own types are themselves, others are labelled") {
  struct Row {
    std::string name;
    StoredType stored;
  };

  const Row rows[] = {
      {"cpu", {"cpu", {}}},
      {"heap", {"heap", {}}},
      {"block", {"block", {}}},
      {"mutex", {"mutex", {}}},
      {"goroutine", {"goroutine", {}}},
      {"threadcreate", {"threadcreate", {}}},
      {"trace", {"trace", {}}},
      {"other", {"other", {}}},
      {"allocs", {"other", {{"profile_type", "allocs"}}}},
      {"goroutineleak", {"other", {{"profile_type", "goroutineleak"}}}},
      {"", {"", {}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(stored_type(row.name) == row.stored);
    CHECK(type_name(row.stored.type, row.stored.labels) == row.name);
  }
}

TEST_CASE("type_name trusts the label only under other") {
  CHECK(type_name("heap", {{"profile_type", "allocs"}}) == "heap");
  CHECK(type_name("other", {{"profile_type", ""}}) == "other");
  CHECK(type_name("other", {{"pod", "p"}}) == "other");
}

TEST_CASE("every known name is stored under a type and found again") {
  for (const std::string_view name :
       {"cpu", "heap", "allocs", "block", "mutex", "goroutine", "threadcreate",
        "trace", "other"}) {
    CAPTURE(name);
    const StoredType stored = stored_type(name);
    CHECK(type_name(stored.type, stored.labels) == name);
  }
}

}  // namespace
}  // namespace kprofefe::profefe
