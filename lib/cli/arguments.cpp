// SPDX-License-Identifier: MIT
#include "cli/arguments.hpp"

#include "base/path.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace kprofefe::cli {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// `-o=json`, which the parser would take for the value `=json`.
bool is_short_with_equals(std::string_view word) {
  return word.size() >= 3 && word[0] == '-' && is_letter(word[1]) &&
         word[2] == '=';
}

/// `--flag=`, for which the parser would take the next word.
bool is_long_with_nothing(std::string_view word) {
  return word.starts_with("--") && word.find('=') == word.size() - 1;
}

void split_values(std::vector<std::string>& arguments) {
  const auto end = std::ranges::find(arguments, "--");
  std::vector<std::string> words;
  for (auto word = arguments.begin(); word != end; ++word) {
    if (word->starts_with("-A=")) {
      words.push_back("--all-namespaces" + word->substr(2));
    } else if (is_short_with_equals(*word)) {
      words.push_back(word->substr(0, 2));
      words.push_back(word->substr(3));
    } else if (is_long_with_nothing(*word)) {
      words.push_back(word->substr(0, word->size() - 1));
      words.emplace_back();
    } else {
      words.push_back(std::move(*word));
    }
  }
  std::move(end, arguments.end(), std::back_inserter(words));
  arguments = std::move(words);
}

/// What `go tool pprof` also calls a report.
void name_the_report(std::vector<std::string>& arguments) {
  if (arguments.size() > 1 && arguments[1] == "text") {
    arguments[1] = "top";
  }
}

/// `help get profiles` is `get profiles --help`.
void turn_help_around(std::vector<std::string>& arguments) {
  if (arguments.size() > 1 && arguments[1] == "help") {
    arguments.erase(arguments.begin() + 1);
    arguments.emplace_back("--help");
  }
}

void name_the_collector(std::vector<std::string>& arguments) {
  constexpr std::array<std::string_view, 4> k_first_words = {
      "version", "--version", "collect", "options"};
  if (is_collector(arguments.front()) &&
      (arguments.size() < 2 ||
       std::ranges::find(k_first_words, arguments[1]) == k_first_words.end())) {
    arguments.insert(arguments.begin() + 1, "collect");
  }
}

/// What a flag's name is made of, in any spelling.
bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

/// Flags of `go tool pprof`, which takes one dash as well as two.
constexpr auto k_pprof_flags = std::to_array<std::string_view>(
    {"add_comment",  "addresses",     "alloc_objects",  "alloc_space",
     "base",         "call_tree",     "compact_labels", "contentions",
     "cum",          "diff_base",     "divide_by",      "drop_negative",
     "edgefraction", "filefunctions", "files",          "flat",
     "focus",        "functions",     "hide",           "ignore",
     "intel_syntax", "inuse_objects", "inuse_space",    "lines",
     "mean",         "mean_delay",    "nodecount",      "nodefraction",
     "noinlines",    "normalize",     "prune_from",     "relative_percentages",
     "sample_index", "seconds",       "show",           "show_from",
     "showcolumns",  "source_path",   "tagfocus",       "taghide",
     "tagignore",    "tagleaf",       "tagroot",        "tagshow",
     "total_delay",  "trim",          "trim_path",      "unit"});

bool has_one_dash_as_pprof(std::string_view word) {
  return word.starts_with('-') && !word.starts_with("--") &&
         std::ranges::find(k_pprof_flags, word.substr(1, word.find('=') - 1)) !=
             k_pprof_flags.end();
}

/// Until `--`, behind which nothing is a flag.
void spell_flags_our_way(std::vector<std::string>& arguments) {
  const auto end = std::ranges::find(arguments, "--");
  for (auto word = arguments.begin(); word != end; ++word) {
    if (has_one_dash_as_pprof(*word)) {
      word->insert(0, 1, '-');
    }
    const auto dashes = word->find_first_not_of('-');
    const std::string flag = long_flag(*word);
    if (!flag.empty() && (dashes == 2 || dashes == 4)) {
      word->replace(0, word->find('='), flag);
    }
  }
}

}  // namespace

bool is_collector(std::string_view called_as) {
  return base_name(called_as) == "kprofefe";
}

std::string long_flag(std::string_view word) {
  const std::string_view spelt = word.substr(0, word.find('='));
  const auto begin = spelt.find_first_not_of('-');
  if (begin == std::string_view::npos || begin < 2 ||
      !std::ranges::all_of(spelt, is_name_character)) {
    return {};
  }
  std::string flag = "--" + std::string(spelt.substr(begin));
  std::ranges::replace(flag, '_', '-');
  return flag;
}

void adapt_arguments(std::vector<std::string>& arguments) {
  turn_help_around(arguments);
  name_the_report(arguments);
  name_the_collector(arguments);
  spell_flags_our_way(arguments);
  split_values(arguments);
}

}  // namespace kprofefe::cli
