// SPDX-License-Identifier: MIT
#include "cmd/arguments.hpp"

#include "base/path.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace kprofefe::cmd {
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

/// `help get profiles` is `get profiles --help`.
void turn_help_around(std::vector<std::string>& arguments) {
  if (arguments.size() > 1 && arguments[1] == "help") {
    arguments.erase(arguments.begin() + 1);
    arguments.emplace_back("--help");
  }
}

void name_the_collector(std::vector<std::string>& arguments) {
  constexpr std::array<std::string_view, 3> k_first_words = {
      "version", "--version", "collect"};
  if (is_collector(arguments.front()) &&
      (arguments.size() < 2 ||
       std::ranges::find(k_first_words, arguments[1]) == k_first_words.end())) {
    arguments.insert(arguments.begin() + 1, "collect");
  }
}

bool is_secret_flag(std::string_view name) {
  constexpr std::array<std::string_view, 3> k_secret = {"--token", "--password",
                                                        "--target-header"};
  return std::ranges::find(k_secret, name) != k_secret.end();
}

void write_over(std::span<char> secret) {
  std::ranges::fill(secret, '*');
}

/// Of `scheme://user:password@host` all that stands before the `@`.
void hide_user_of_url(std::span<char> argument) {
  const std::string_view text(argument.data(), argument.size());
  const auto scheme = text.find("://");
  if (scheme == std::string_view::npos) {
    return;
  }
  const auto begin = scheme + 3;
  const std::string_view host =
      text.substr(begin, text.find('/', begin) - begin);
  const auto at = host.rfind('@');
  if (at != std::string_view::npos) {
    write_over(argument.subspan(begin, at));
  }
}

}  // namespace

bool is_collector(std::string_view called_as) {
  return base_name(called_as) == "kprofefe";
}

void adapt_arguments(std::vector<std::string>& arguments) {
  turn_help_around(arguments);
  name_the_collector(arguments);
  for (std::string& argument : arguments) {
    if (argument.starts_with("----")) {
      argument.erase(0, 2);
    }
  }
  split_values(arguments);
}

void hide_secrets(std::span<char*> arguments) {
  bool is_value = false;
  for (char* const word : arguments) {
    const std::string_view text = word;
    const std::span<char> argument(word, text.size());
    const auto equals = text.find('=');
    const bool is_flag = is_secret_flag(text.substr(0, equals));
    if (is_value) {
      write_over(argument);
    } else if (is_flag && equals != std::string_view::npos) {
      write_over(argument.subspan(equals + 1));
    } else {
      hide_user_of_url(argument);
    }
    is_value = !is_value && is_flag && equals == std::string_view::npos;
  }
}

}  // namespace kprofefe::cmd
