// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/demangle.hpp"
#include "pprof/profile.hpp"

#include <optional>
#include <string_view>

namespace kprofefe::pprof {

/// Which names functions are shown by: `-symbolize` of `go tool pprof`, as far
/// as it is about names.
struct NameOptions {
  bool unchanged = false;  ///< as the profile has them
  /// Also of functions that have another name than their symbol's.
  bool from_symbols = false;
  /// How much of what was mangled; nothing: the symbols themselves.
  std::optional<NameStyle> style = NameStyle::simple;
};

/// Reads `none` or `demangle=none`, `full`, `templates` or `default`, among
/// words that say where pprof looks for symbols (`force` too); `:` separates
/// them, case does not matter. Errors: usage.
Result<NameOptions> parse_symbolize(std::string_view text);

/// Gives functions the names of the source. Symbols of C++ and Rust are
/// demangled; other C++ names lose what `style` leaves out.
void prepare_names(Profile& profile, const NameOptions& options);

}  // namespace kprofefe::pprof
