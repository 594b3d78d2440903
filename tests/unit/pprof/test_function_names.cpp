// SPDX-License-Identifier: MIT
#include "pprof/function_names.hpp"
#include "support/text_profile.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace kprofefe::pprof {
namespace {

constexpr std::string_view k_symbol = "_ZN1AIiE1fEi";

/// What is shown of a function under `--symbolize how`.
std::string shown(std::string_view how, std::string_view name,
                  std::string_view symbol) {
  test::TextProfile made;
  made.sample({1}, {"f"});
  made->functions[0].name = made.text(name);
  made->functions[0].system_name = made.text(symbol);
  const Result<NameOptions> options = parse_symbolize(how);
  REQUIRE(options);
  prepare_names(*made, *options);
  return std::string(made->strings.at(made->functions[0].name));
}

TEST_SUITE_BEGIN("pprof");

TEST_CASE("--symbolize says which names functions have") {
  struct Row {
    std::string_view how;
    std::string_view of_symbol;     ///< the profile has the symbol alone
    std::string_view of_demangled;  ///< what it calls the function is a::b(c)
    std::string_view of_cpp;        ///< it has a::b<c>(d) as name and symbol
  };

  const Row rows[] = {
      {"", "A::f", "a::b(c)", "a::b"},
      {"demangle=default", "A::f", "a::b(c)", "a::b"},
      {"remote", "A::f", "a::b(c)", "a::b"},
      {"force", "A::f", "A::f", "a::b"},
      {"demangle=templates", "A<int>::f", "A<int>::f", "a::b<c>"},
      {"demangle=full", "A<int>::f(int)", "A<int>::f(int)", "a::b<c>(d)"},
      {"Local:Demangle=FULL", "A<int>::f(int)", "A<int>::f(int)", "a::b<c>(d)"},
      {"demangle=none", k_symbol, k_symbol, "a::b<c>(d)"},
      {"none", k_symbol, "a::b(c)", "a::b<c>(d)"},
      {"no", k_symbol, "a::b(c)", "a::b<c>(d)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.how);
    CHECK(shown(row.how, k_symbol, k_symbol) == row.of_symbol);
    CHECK(shown(row.how, "a::b(c)", k_symbol) == row.of_demangled);
    CHECK(shown(row.how, "a::b<c>(d)", "a::b<c>(d)") == row.of_cpp);
  }
}

TEST_CASE("a function without a name has that of its symbol") {
  CHECK(shown("", "", k_symbol) == "A::f");
  CHECK(shown("", "", "main.f") == "main.f");
  CHECK(shown("none", "", k_symbol).empty());
  CHECK(shown("force", "main.f", "") == "main.f");
}

TEST_CASE("--symbolize takes the words of go tool pprof") {
  for (const char* how : {"demangle", "demangle=all", "none,force"}) {
    CAPTURE(how);
    const Result<NameOptions> options = parse_symbolize(how);
    REQUIRE(!options);
    CHECK(options.error().kind == ErrorKind::usage);
    CHECK(options.error().message ==
          "unknown value \"" + std::string(how) +
              "\": use none, or demangle= with none, full, templates or "
              "default");
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
