// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace kprofefe::pprof {

/// How much of the name of a C++ or Rust function is shown, as
/// `-symbolize=demangle=` of `go tool pprof` has it.
enum class NameStyle : std::uint8_t {
  simple,     ///< `std::vector::push_back`; pprof: default
  templates,  ///< `std::vector<int, std::allocator<int> >::push_back`
  full,       ///< with parameters and return type
};

/// The name in the source of a symbol that a C++ or Rust compiler mangled:
/// Itanium's C++ ABI, Rust's v0 and older schemes, with one `_` more on macOS.
/// Nothing for other names, and for those that are longer than any real one,
/// or would become so. Takes a bounded time and memory, whatever `symbol` is.
std::optional<std::string> demangle(const std::string& symbol, NameStyle style);

}  // namespace kprofefe::pprof
