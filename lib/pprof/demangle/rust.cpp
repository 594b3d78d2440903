// SPDX-License-Identifier: MIT
#include "pprof/demangle/rust.hpp"

#include "pprof/demangle/longest_text.hpp"

#include <libiberty/demangle.h>

#include <cctype>
#include <csetjmp>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::pprof {
namespace {

/// What is printed between brackets that were opened for generic arguments.
struct Brackets {
  std::size_t content = 0;   ///< where it begins in the text
  std::size_t argument = 0;  ///< where its last argument begins
  bool is_generic = false;   ///< not those of `<T as Trait>`
};

/// What libiberty prints. It calls for each token, which tells brackets of
/// generic arguments from others: they come after a name. It has no limit and
/// heeds no return value, so whoever has enough jumps, over frames that are all
/// C and own nothing, to where it was called.
struct RustText {
  std::string text;
  bool generic_args = true;
  std::size_t left = 0;  ///< bytes that it may still print
  std::vector<Brackets> open;
  std::jmp_buf too_long{};
};

bool is_word(std::string_view token) {
  const auto c = static_cast<unsigned char>(token.front());
  return c >= 0x80 || c == '_' || std::isalnum(c) != 0;
}

void drop_generic_args(RustText& out, std::string_view token) {
  if (token == "<") {
    const char last = out.text.empty() ? ' ' : out.text.back();
    const bool is_generic =
        is_word({&last, 1}) || last == '>' || last == '}' || last == ':';
    out.open.push_back({out.text.size() + 1, out.text.size() + 1, is_generic});
  } else if (out.open.empty()) {
    return;
  } else if (token == ">") {
    if (out.open.back().is_generic) {
      out.text.resize(out.open.back().content);
    }
    out.open.pop_back();
  } else if (token == ", ") {
    out.open.back().argument = out.text.size() + token.size();
  } else if (token == " = " && out.open.back().is_generic) {
    // What it was so far is the name in `dyn Iterator<Item = u8>`, no argument.
    Brackets& brackets = out.open.back();
    const std::string name = out.text.substr(brackets.argument);
    const bool has_args = brackets.argument != brackets.content;
    out.text.resize(brackets.content);
    out.text += has_args ? ", " + name : name;
    brackets = {};
  }
}

void append(const char* data, std::size_t size, void* to) {
  auto& out = *static_cast<RustText*>(to);
  if (size == 0) {
    return;
  }
  const std::string_view token(data, size);
  if (size > out.left) {
    out.left = 0;
    // With a name in its hands the printer may own memory.
    if (!is_word(token)) {
      std::longjmp(out.too_long, 1);
    }
    return;
  }
  out.left -= size;
  if (!out.generic_args) {
    drop_generic_args(out, token);
  }
  out.text += token;
}

/// False when it is no Rust name, or too long a one. Has no objects of its own,
/// as a jump would not destroy them.
bool print(const std::string& symbol, RustText& out) {
  if (setjmp(out.too_long) != 0) {
    return false;
  }
  return rust_demangle_callback(symbol.c_str(), DMGL_NO_OPTS, append, &out) !=
         0;
}

std::optional<std::string> print(const std::string& symbol, bool generic_args) {
  RustText out;
  out.generic_args = generic_args;
  out.left = longest_text(symbol.size());
  if (!print(symbol, out) || out.left == 0) {
    return std::nullopt;
  }
  return std::move(out.text);
}

}  // namespace

std::optional<std::string> demangle_rust(const std::string& symbol,
                                         bool generic_args) {
  return symbol.starts_with("_R") ? print(symbol, generic_args) : std::nullopt;
}

std::optional<std::string> demangle_old_rust(const std::string& symbol) {
  return symbol.starts_with("_ZN") ? print(symbol, true) : std::nullopt;
}

}  // namespace kprofefe::pprof
