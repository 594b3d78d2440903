// SPDX-License-Identifier: MIT
#include "pprof/string_table.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace kprofefe::pprof {

TEST_CASE("a string has one number, the empty one 0") {
  StringTable table;

  const StringId main = table.add("main.main");

  CHECK(table.add("") == 0);
  CHECK(main == 1);
  CHECK(table.add("main.work") == 2);
  CHECK(table.add("main.main") == main);
  CHECK(table.at(main) == "main.main");
  CHECK(table.find("main.work") == 2);
  CHECK_FALSE(table.find("main.idle"));
  CHECK(table.size() == 3);
}

TEST_CASE("views hold while the table grows, is moved and is copied from") {
  StringTable table;
  const std::string_view first = table.at(table.add("first"));
  const std::string large(100'000, 'x');

  for (int i = 0; i < 10'000; ++i) {
    table.add("name " + std::to_string(i));
  }
  table.add(large);
  const StringTable copy = table;
  const StringTable moved = std::move(table);

  CHECK(first == "first");
  CHECK(moved.at(1).data() == first.data());
  CHECK(copy.at(1).data() != first.data());
  CHECK(copy.at(1) == "first");
  CHECK(copy.find("name 9999") == 10'001);
  CHECK(copy.at(10'002) == large);
}

}  // namespace kprofefe::pprof
