// SPDX-License-Identifier: MIT
#include "pprof/demangle.hpp"

#include "pprof/demangle/itanium.hpp"
#include "pprof/demangle/rust.hpp"

#include <string_view>
#include <utility>

namespace kprofefe::pprof {
namespace {

/// Of what a compiler made. libiberty needs 64 times as much memory, and parses
/// recursively.
constexpr std::size_t k_longest_symbol = std::size_t{16} << 10;

NameParts parts_of(NameStyle style) {
  const bool is_full = style == NameStyle::full;
  return {.params = is_full,
          .enclosing_params = is_full,
          .template_args = style != NameStyle::simple};
}

std::optional<std::string> with_prefix(std::string_view prefix,
                                       std::optional<std::string> name) {
  if (name) {
    name->insert(0, prefix);
  }
  return name;
}

/// The function that calls the constructors of a file's variables:
/// `_GLOBAL__I_` and one of the file's symbols.
std::optional<std::string> demangle_global(const std::string& symbol,
                                           NameParts parts) {
  const std::string_view rest =
      std::string_view(symbol).substr(std::string_view("_GLOBAL_").size());
  if (rest.size() < 4 ||
      std::string_view("._$").find(rest[0]) == std::string_view::npos ||
      (rest[1] != 'I' && rest[1] != 'D') || rest[2] != '_') {
    return std::nullopt;
  }
  const std::string_view prefix = rest[1] == 'I'
                                      ? "global constructors keyed to "
                                      : "global destructors keyed to ";
  const std::string key(rest.substr(3));
  if (!key.starts_with("_Z")) {
    return with_prefix(prefix, std::string(rest));
  }
  parts.params = true;
  return with_prefix(prefix, demangle_itanium(key, parts));
}

/// The code of a block, which Apple's Clang adds to C++:
/// `___Z3foov_block_invoke_2`.
std::optional<std::string> demangle_block(const std::string& symbol,
                                          NameParts parts) {
  constexpr std::string_view k_block = "_block_invoke";
  const std::size_t at = symbol.rfind(k_block);
  if (at == std::string::npos) {
    return std::nullopt;
  }
  std::string_view rest = std::string_view(symbol).substr(at + k_block.size());
  rest.remove_prefix(rest.starts_with('_') ? 1 : 0);
  const std::size_t digits = rest.find_first_not_of("0123456789");
  if (digits != std::string_view::npos && rest[digits] != '.') {
    return std::nullopt;
  }
  return with_prefix("invocation function for block in ",
                     demangle_itanium(symbol.substr(2, at - 2), parts));
}

std::optional<std::string> demangle_plain(const std::string& symbol,
                                          NameStyle style) {
  if (symbol.starts_with("_R")) {
    return demangle_rust(symbol, style != NameStyle::simple);
  }
  if (symbol.starts_with("_Z")) {
    std::optional<std::string> name = demangle_old_rust(symbol);
    return name ? std::move(name) : demangle_itanium(symbol, parts_of(style));
  }
  if (symbol.starts_with("___Z")) {
    return demangle_block(symbol, parts_of(style));
  }
  if (symbol.starts_with("_GLOBAL_")) {
    return demangle_global(symbol, parts_of(style));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> demangle(const std::string& symbol,
                                    NameStyle style) {
  if (!symbol.starts_with('_') || symbol.size() > k_longest_symbol) {
    return std::nullopt;
  }
  if (std::optional<std::string> name = demangle_plain(symbol, style)) {
    return name;
  }
  return demangle_plain(symbol.substr(1), style);
}

}  // namespace kprofefe::pprof
