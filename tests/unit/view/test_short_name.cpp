// SPDX-License-Identifier: MIT
#include "view/text/short_name.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

TEST_CASE("short_name leaves package or class and function") {
  struct Row {
    std::string_view name;
    std::string_view expected;
  };

  constexpr Row k_rows[] = {
      {"main.main", "main.main"},
      {"encoding/json.(*decodeState).object", "json.(*decodeState).object"},
      {"github.com/jackc/pgx/v5.Connect", "pgx.Connect"},
      {"github.com/blend-go/sdk/v12/yaml.Unmarshal", "yaml.Unmarshal"},
      {"github.com/a/v1/b.F", "b.F"},
      {"java.util.concurrent.ThreadPoolExecutor$Worker.run",
       "ThreadPoolExecutor$Worker.run"},
      {"java.bar.foo.FooBar.run(java.lang.Runnable)", "FooBar.run"},
      {"java.bar.foo.FooBar.<init>", "FooBar.<init>"},
      {"foo::bar::Bar::run<int>(x)", "Bar::run<int>"},
      {"(anonymous namespace)::Bar::Foo", "Bar::Foo"},
      {"ns::function", "ns::function"},
      {"", ""},
  };
  for (const Row& row : k_rows) {
    CAPTURE(row.name);
    CHECK(short_name(row.name) == row.expected);
  }
}

}  // namespace
}  // namespace kprofefe::view
