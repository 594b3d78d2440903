// SPDX-License-Identifier: MIT
#include "pprof/function_names.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

/// Bytes of all names that one profile's symbols may become; from there on they
/// stay what they are.
constexpr std::size_t k_longest_names = std::size_t{1} << 28;

/// pprof's sign of a C++ name that is not mangled. Names of Go's generics are
/// taken for one, too, but not those of their methods.
bool looks_like_cpp(std::string_view name) {
  const auto has = [&](std::string_view part) {
    return name.find(part) != std::string_view::npos;
  };
  return !has(".<") && !has("]).") &&
         (name.find_first_of("<>[]") != std::string_view::npos || has("::"));
}

/// `name` without what stands between `open` and `close`, unless they do not
/// match up: then what was taken out so far is out.
std::string remove_matching(std::string_view name, char open, char close) {
  std::string kept;
  std::size_t begin = 0;  // of what is not in `kept` yet
  std::size_t depth = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name[at] == open && depth++ == 0) {
      kept += name.substr(begin, at - begin);
      begin = at;
    } else if (name[at] == close && depth == 0) {
      break;
    } else if (name[at] == close && --depth == 0) {
      begin = at + 1;
    }
  }
  kept += name.substr(begin);
  return kept;
}

/// demangleSingleFunction of pprof.
std::string name_of(std::string_view symbol, NameStyle style) {
  std::string name(symbol);
  if (std::optional<std::string> demangled = demangle(name, style)) {
    return *std::move(demangled);
  }
  if (looks_like_cpp(symbol) && style != NameStyle::full) {
    name = remove_matching(name, '(', ')');
    if (style == NameStyle::simple) {
      name = remove_matching(name, '<', '>');
    }
  }
  return name;
}

/// One word of `--symbolize`; false when there is no such word.
bool apply(std::string_view word, NameOptions& options) {
  // Where symbols are looked for. We only have those of the profile.
  constexpr auto k_places = std::to_array<std::string_view>(
      {"", "local", "fastlocal", "remote", "default", "demangle=default"});
  if (word == "none" || word == "no") {
    options.unchanged = true;
  } else if (word == "demangle=none") {
    options.style = std::nullopt;
  } else if (word == "templates" || word == "demangle=templates") {
    options.style = NameStyle::templates;
  } else if (word == "full" || word == "demangle=full") {
    options.style = NameStyle::full;
  } else if (word != "force") {
    return std::ranges::find(k_places, word) != k_places.end();
  }
  options.from_symbols = true;
  return true;
}

}  // namespace

Result<NameOptions> parse_symbolize(std::string_view text) {
  std::string words(text);
  std::ranges::transform(words, words.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  NameOptions options;
  for (const std::string_view word : split(words, ':')) {
    if (!apply(word, options)) {
      return fail(ErrorKind::usage,
                  fmt::format("unknown value \"{}\": use none, or demangle= "
                              "with none, full, templates or default",
                              text));
    }
  }
  return options;
}

void prepare_names(Profile& profile, const NameOptions& options) {
  if (options.unchanged) {
    return;
  }
  // Many functions can have one symbol: those of files that were compiled with
  // the same header.
  constexpr StringId k_unknown = ~StringId{0};
  std::vector<StringId> known(profile.strings.size(), k_unknown);
  std::size_t left = k_longest_names;
  for (Function& function : profile.functions) {
    if (options.from_symbols && function.name != 0 &&
        function.system_name != 0) {
      function.name = function.system_name;
    }
    const bool is_symbol =
        function.name == 0 || function.name == function.system_name;
    if (!is_symbol || !options.style) {
      continue;
    }
    StringId& name = known[function.system_name];
    if (name == k_unknown) {
      const std::string made =
          name_of(profile.strings.at(function.system_name), *options.style);
      name = made.size() <= left ? profile.strings.add(made)
                                 : function.system_name;
      left -= std::min(left, made.size());
    }
    function.name = name;
  }
}

}  // namespace kprofefe::pprof
