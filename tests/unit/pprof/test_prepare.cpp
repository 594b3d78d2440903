// SPDX-License-Identifier: MIT
#include "pprof/prepare.hpp"
#include "support/text_profile.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::pprof {
namespace {

/// What is shown of a function of that name.
std::string shown(std::string_view name) {
  test::TextProfile made;
  made.sample({1}, {"f"});
  made->functions[0].name = 0;
  made->functions[0].system_name = made.text(name);
  prepare(*made);
  return std::string(made->strings.at(made->functions[0].name));
}

TEST_SUITE_BEGIN("pprof");

TEST_CASE("of C++ names no parameters and no template arguments are shown") {
  struct Row {
    std::string_view name;
    std::string_view shown;
  };

  const Row rows[] = {
      {"a::f(int)", "a::f"},
      {"a::f(int (*)(char))(b)", "a::f"},
      {"a::f<x<y>>::g<z>()", "a::f::g"},
      {"a::f)(b)", "a::f)(b)"},
      {"a::f(b))(c)", "a::f)(c)"},
      {"a::f(b)(c", "a::f(c"},
      {"a::operator<(b)", "a::operator<"},
      {"main.f(int)", "main.f(int)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(shown(row.name) == row.shown);
  }
}

TEST_CASE("a name of a million template arguments is shortened as any other") {
  std::string name = "a::";
  for (int i = 0; i < 1'000'000; ++i) {
    name += "<>x";
  }
  CHECK(shown(name) == "a::" + std::string(1'000'000, 'x'));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
