// SPDX-License-Identifier: MIT
#include "pprof/demangle.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>

namespace kprofefe::pprof {
namespace {

struct Row {
  std::string_view symbol;
  std::string_view simple;
  std::string_view full;
};

/// The name, or the symbol when it has none.
std::string shown(std::string_view symbol, NameStyle style) {
  return demangle(std::string(symbol), style).value_or(std::string(symbol));
}

template <std::size_t Size>
void check_names(const Row (&rows)[Size]) {
  for (const Row& row : rows) {
    CAPTURE(row.symbol);
    CHECK(shown(row.symbol, NameStyle::simple) == row.simple);
    CHECK(shown(row.symbol, NameStyle::full) == row.full);
  }
}

/// `count` times.
std::string repeated(std::string_view text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) {
    all += text;
  }
  return all;
}

TEST_SUITE_BEGIN("pprof");

TEST_CASE("symbols of C++ functions have the names that go tool pprof shows") {
  const Row rows[] = {
      {"_ZN3foo3barEv", "foo::bar", "foo::bar()"},
      {"_ZNK3foo3barEiPKc", "foo::bar", "foo::bar(int, char const*) const"},
      {"_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector::push_back",
       "std::vector<int, std::allocator<int> >::push_back(int const&)"},
      {"_ZN3fooIiE3barIcEEvT_", "foo::bar", "void foo<int>::bar<char>(char)"},
      {"_ZN1AD2Ev", "A::~A", "A::~A()"},
      {"_ZNSsC1EPKc", "std::basic_string::basic_string",
       "std::basic_string<char, std::char_traits<char>, std::allocator<char> "
       ">::basic_string(char const*)"},
      {"_ZN3foo12_GLOBAL__N_13barEv", "foo::(anonymous namespace)::bar",
       "foo::(anonymous namespace)::bar()"},
      {"_ZNKSt10filesystem7__cxx114path8filenameB5cxx11Ev",
       "std::filesystem::__cxx11::path::filename[abi:cxx11]",
       "std::filesystem::__cxx11::path::filename[abi:cxx11]() const"},
      // Constrained, as compilers of today have it.
      {"_Z1fITkSt8integraliEvT_", "f", "void f<int>(int)"},
      {"_Z1fIiTnNSt9enable_ifIX7is_fineIT_EEiE4typeELi0EEvv", "f",
       "void f<int, 0>()"},
      // A pack as old compilers have it.
      {"_Z1fIIicEEvDpT_", "f", "void f<int, char>(int, char)"},
  };
  check_names(rows);
}

TEST_CASE("operators have their signs, conversions their types") {
  const Row rows[] = {
      {"_ZplRK1AS1_", "operator+", "operator+(A const&, A const&)"},
      {"_ZN1AclEi", "A::operator()", "A::operator()(int)"},
      {"_ZN1AltERKS_", "A::operator<", "A::operator<(A const&)"},
      {"_Znwm", "operator new", "operator new(unsigned long)"},
      {"_ZN1AcvbEv", "A::operator bool", "A::operator bool()"},
      {"_ZN1AcvT_IiEEv", "A::operator int", "A::operator int<int>()"},
      {"_ZNK1AcvSt6vectorIiSaIiEEEv", "A::operator std::vector",
       "A::operator std::vector<int, std::allocator<int> >() const"},
      {"_Zli2_xy", "operator\"\" _x", "operator\"\" _x(unsigned long long)"},
  };
  check_names(rows);
}

TEST_CASE("what is local to a function names it without its parameters") {
  const Row rows[] = {
      {"_ZZN3foo3barEiENKUlvE_clEv", "foo::bar()::{lambda()#1}::operator()",
       "foo::bar(int)::{lambda()#1}::operator()() const"},
      {"_ZZ3barvENUlT_E0_clIiEEDaS_", "bar()::{lambda(auto:1)#2}::operator()",
       "auto bar()::{lambda(auto:1)#2}::operator()<int>(int)"},
      {"_ZZN1AC1EvENK3$_0clEv", "A::A()::$_0::operator()",
       "A::A()::$_0::operator()() const"},
      {"_ZN3fooUt_C1Ev", "foo::{unnamed type#1}::{unnamed type#1}",
       "foo::{unnamed type#1}::{unnamed type#1}()"},
      {"_ZZ1fiEd_NKUlvE_clEv", "f()::{default arg#1}::{lambda()#1}::operator()",
       "f(int)::{default arg#1}::{lambda()#1}::operator()() const"},
      {"_ZZ3foovE1x", "foo()::x", "foo()::x"},
  };
  check_names(rows);
}

TEST_CASE("clones, thunks and what the linker made of names") {
  const Row rows[] = {
      {"_ZN3FooD0Ev.part.0", "Foo::~Foo", "Foo::~Foo()"},
      {"_ZL3fooi.isra.0.cold", "foo", "foo(int)"},
      {"_ZN3foo3barEv.llvm.1234567", "foo::bar", "foo::bar()"},
      {"_ZThn16_N3foo3barEi", "non-virtual thunk to foo::bar(int)",
       "non-virtual thunk to foo::bar(int)"},
      {"_ZTV3foo", "vtable for foo", "vtable for foo"},
      {"_ZTHN3foo1xE", "TLS init function for foo::x",
       "TLS init function for foo::x"},
      {"_ZGTtNSt11logic_errorD1Ev",
       "transaction clone for std::logic_error::~logic_error()",
       "transaction clone for std::logic_error::~logic_error()"},
      {"_GLOBAL__I__ZN3foo3barEi", "global constructors keyed to foo::bar(int)",
       "global constructors keyed to foo::bar(int)"},
      {"___Z3foov_block_invoke_2", "invocation function for block in foo",
       "invocation function for block in foo()"},
      {"__ZN3foo3barEv", "foo::bar", "foo::bar()"},  // of macOS
  };
  check_names(rows);
}

TEST_CASE("symbols of Rust functions have names, in the old scheme no hash") {
  const Row rows[] = {
      {"_ZN4core3fmt5write17h0123456789abcdefE", "core::fmt::write",
       "core::fmt::write"},
      {"_ZN4core3fmt5write17h0123456789abcdefE.llvm.77", "core::fmt::write",
       "core::fmt::write"},
      {"_ZN61_$LT$a..V$LT$T$GT$$u20$as$u20$core..ops..drop..Drop$GT$4drop"
       "17h0123456789abcdefE",
       "_ZN61_$LT$a..V$LT$T$GT$$u20$as$u20$core..ops..drop..Drop$GT$4drop"
       "17h0123456789abcdefE",
       "_ZN61_$LT$a..V$LT$T$GT$$u20$as$u20$core..ops..drop..Drop$GT$4drop"
       "17h0123456789abcdefE"},
      {"_RNvCs1234_7mycrate3foo", "mycrate::foo", "mycrate::foo"},
      {"_RINvNtCs1234_7mycrate3mem4swapNtB4_4ItemE", "mycrate::mem::swap::<>",
       "mycrate::mem::swap::<mycrate::Item>"},
      {"_RNvMs_NtCs1_5alloc3vecINtB4_3VechE4push", "<alloc::vec::Vec<>>::push",
       "<alloc::vec::Vec<u8>>::push"},
      {"_RNCNCNvCs1_7mycrate4main00B7_",
       "mycrate::main::{closure#0}::"
       "{closure#0}",
       "mycrate::main::{closure#0}::{closure#0}"},
      {"_RNvXs_Cs1_1aDINtB4_5ShapehEp4ItemjEL_NtB4_1T1f",
       "<dyn a::Shape<, Item = usize> as a::T>::f",
       "<dyn a::Shape<u8, Item = usize> as a::T>::f"},
      {"_RNvXs_Cs1_1aDNtB4_5Shapep4ItemjEL_NtB4_1T1f",
       "<dyn a::Shape<Item = usize> as a::T>::f",
       "<dyn a::Shape<Item = usize> as a::T>::f"},
      {"_RNvNCNvCs1_1a1b05inner", "a::b::{closure#0}::inner",
       "a::b::{closure#0}::inner"},
  };
  check_names(rows);
}

TEST_CASE("arguments of templates are a style of their own") {
  CHECK(shown("_ZN3fooIiE3barIcEEvT_", NameStyle::templates) ==
        "foo<int>::bar<char>");
  CHECK(shown("_ZZN3fooIiE3barEiENKUlvE_clEv", NameStyle::templates) ==
        "foo<int>::bar()::{lambda()#1}::operator()");
}

TEST_CASE("what only looks like a mangled name is none") {
  for (const char* name :
       {"", "_", "__", "_Z", "_ZN", "_R", "_start", "_Zfoo", "main", "_RNv",
        "ZN3foo3barEv", "_ZN9foo3barEv", "_ZN3fooIiE", "runtime.main",
        "_GLOBAL_", "_GLOBAL__X_", "___Z3foov", "_ZZ"}) {
    CAPTURE(name);
    CHECK(!demangle(name, NameStyle::simple));
    CHECK(!demangle(name, NameStyle::full));
  }
}

TEST_CASE("a symbol that stands for a text without end takes no time") {
  // Each type says the one before it twice.
  std::string types = "PFvvE";
  for (const char digit : std::string_view("02468ACEGIKMOQSUWY")) {
    const std::string last = std::string("S") + digit + "_";
    types += "PFv" + last + last + "E";
  }
  const std::string doubled = "_Z1f" + types;
  const std::string conversion = "_ZN1AcvPFv" + types + "EEv";
  std::string rust = "_RINvC1a1b";
  for (int i = 0; i < 60; ++i) {
    rust += "TB9_B9_E";
  }
  rust += "E";

  const auto begin = std::chrono::steady_clock::now();
  for (const NameStyle style :
       {NameStyle::simple, NameStyle::templates, NameStyle::full}) {
    demangle(doubled, style);
    demangle(conversion, style);
    demangle(rust, style);
  }
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
  CHECK(!demangle(doubled, NameStyle::full));
  CHECK(!demangle(conversion, NameStyle::simple));
}

TEST_CASE("names may not be nested without end, nor be longer than any") {
  for (const char* part : {"P", "PFv", "I", "1aI", "N1a", "Z1a", "Dv1_", "U1a",
                           "TtTt", "cv", "sr", "di1a", "ZaEd_"}) {
    CAPTURE(part);
    demangle("_Z1f" + repeated(part, 16'000 / 5), NameStyle::full);
    demangle("_Z" + repeated(part, 16'000 / 5), NameStyle::full);
    demangle("_ZN1Acv" + repeated(part, 16'000 / 5), NameStyle::simple);
  }
  demangle("_R" + repeated("NvMR", 4'000), NameStyle::full);
  CHECK(!demangle("_ZN" + repeated("1a", 10'000) + "Ev", NameStyle::simple));
  CHECK(!demangle("_ZN" + repeated("1a", 5'000) + "Ev", NameStyle::simple));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
