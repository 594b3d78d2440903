// SPDX-License-Identifier: MIT
#include "term/table.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::term {
namespace {

TEST_SUITE_BEGIN("term");

TEST_CASE("columns are padded, two spaces between, no trailing blanks") {
  Table table({"NAME", "SIZE", "WHY"}, {Align::left, Align::right});
  table.add({"a", "1.2 MB", "because"});
  table.add({"longer-name", "9 B", ""});

  CHECK(table.render() ==
        "NAME           SIZE  WHY\n"
        "a            1.2 MB  because\n"
        "longer-name     9 B\n");
}

TEST_CASE("a table without rows is its header") {
  CHECK(Table({"NAME", "SIZE"}).render() == "NAME  SIZE\n");
  CHECK(Table({"NAME", ""}).render() == "NAME\n");
}

TEST_CASE("missing cells are empty, those too many are dropped") {
  Table table({"A", "B"});
  table.add({"1"});
  table.add({"1", "2", "3"});
  table.add({});
  CHECK(table.render() ==
        "A  B\n"
        "1\n"
        "1  2\n"
        "\n");
}

TEST_CASE("columns line up whatever the bytes of a cell") {
  Table table({"NAME", "X"});
  table.add({"grün", "1"});
  table.add({"日本", "2"});
  table.add({"abcd", "3"});
  CHECK(table.render() ==
        "NAME  X\n"
        "grün  1\n"
        "日本  2\n"
        "abcd  3\n");
}

TEST_CASE("a cell cannot break the line or command the terminal") {
  Table table({"NAME", "X"});
  table.add({"a\nb", "\x1b[2J\xff"});
  CHECK(table.render() ==
        "NAME  X\n"
        "a?b   ?[2J?\n");
}

TEST_CASE("nothing is cut, however long") {
  const std::string path = "/tmp/" + std::string(300, 'x') + ".pb.gz";
  Table table({"NAME", "RESULT"});
  table.add({"some-pod", path});
  table.add({"x", "short"});

  CHECK(table.render() ==
        "NAME      RESULT\n"
        "some-pod  " +
            path +
            "\n"
            "x         short\n");
}

TEST_CASE("a row has its colour, outside of the padding's reckoning") {
  Table table({"NAME", "X"});
  table.add({"a", "1"}, Colour::red);
  table.add({"bbbbbb", "2"});
  CHECK(table.render({.enabled = true}) ==
        "NAME    X\n"
        "\x1b[31ma       1\x1b[0m\n"
        "bbbbbb  2\n");
  CHECK(table.render({.enabled = false}) ==
        "NAME    X\n"
        "a       1\n"
        "bbbbbb  2\n");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::term
