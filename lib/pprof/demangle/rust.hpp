// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace kprofefe::pprof {

/// The Rust name of a symbol of the v0 scheme, which begins with `_R`; nothing
/// when it is none. Without `generic_args` those are left out, but not their
/// brackets: `<Vec<>>::push`.
std::optional<std::string> demangle_rust(const std::string& symbol,
                                         bool generic_args);

/// The Rust name of a symbol of the older scheme, without its hash: of
/// `_ZN4core3fmt5write17h0123456789abcdefE` it is `core::fmt::write`. Nothing
/// for symbols of C++, which look alike.
std::optional<std::string> demangle_old_rust(const std::string& symbol);

}  // namespace kprofefe::pprof
