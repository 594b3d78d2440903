// SPDX-License-Identifier: MIT
#include "view/text/short_name.hpp"

#include "pprof/regex.hpp"

#include <array>

namespace kprofefe::view {
namespace {

using pprof::Regex;

/// What is cut off, wherever it stands in the name; the rest stays.
struct Cut {
  Regex where;
  std::string_view replacement;
};

struct Patterns {
  std::array<Cut, 2> cuts;
  /// Of these the first that matches has the short name in its group.
  std::array<Regex, 3> languages;
};

const Patterns& patterns() {
  // A group and all behind it: replacing the match leaves the group alone.
  static const Patterns k_patterns = {
      .cuts = {Cut{*Regex::compile(R"(^\(anonymous namespace\)::)"), ""},
               // The version of a Go module.
               Cut{*Regex::compile(R"(^(.*?)/v(?:[2-9]|[1-9][0-9]+)([./].*)$)"),
                   R"(\1\2)"}},
      .languages = {
          *Regex::compile(R"(^(?:[\w\-\.]+\/)+([^.]+\..+)(?s:.*)$)"),
          *Regex::compile(R"(^(?:[a-z]\w*\.)*([A-Z][\w\$]*\.(?:<init>|)"
                          R"([a-z][\w\$]*(?:\$\d+)?))(?:(?:\()|$)(?s:.*)$)"),
          *Regex::compile(R"(^(?:[_a-zA-Z]\w*::)+(_*[A-Z]\w*::~?)"
                          R"([_a-zA-Z]\w*(?:<.*>)?)(?s:.*)$)")}};
  return k_patterns;
}

}  // namespace

std::string short_name(std::string_view name) {
  std::string text(name);
  for (const Cut& cut : patterns().cuts) {
    text = cut.where.replace_all(std::move(text), cut.replacement);
  }
  for (const Regex& language : patterns().languages) {
    if (language.matches(text)) {
      return language.replace_all(std::move(text), R"(\1)");
    }
  }
  return text;
}

}  // namespace kprofefe::view
