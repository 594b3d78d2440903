// SPDX-License-Identifier: MIT
#include "cli/hide_secrets.hpp"

#include "cli/arguments.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::cli {
namespace {

/// What of a value is secret.
enum class Secret : std::uint8_t {
  password,  ///< `user:password@` of a URL, as may be in any argument
  user,      ///< all before the `@`: what can be nothing but a URL
  all,
};

/// Where a word's value begins, and what of the next word is secret when it
/// is the value.
struct Word {
  std::size_t value = 0;
  Secret secret = Secret::password;
  Secret next = Secret::password;
};

Secret secret_of(std::string_view flag) {
  constexpr std::array<std::string_view, 3> k_secret = {"--token", "--password",
                                                        "--target-header"};
  constexpr std::array<std::string_view, 2> k_urls = {"--server",
                                                      "--profefe-hostport"};
  if (std::ranges::find(k_secret, flag) != k_secret.end()) {
    return Secret::all;
  }
  return std::ranges::find(k_urls, flag) != k_urls.end() ? Secret::user
                                                         : Secret::password;
}

Word read_long(std::string_view word, const std::string& flag) {
  const Secret secret = secret_of(flag);
  const auto equals = word.find('=');
  if (equals == std::string_view::npos) {
    return {.value = word.size(), .next = secret};
  }
  return {.value = equals + 1, .secret = secret};
}

/// `-sURL`, `-s=URL`, `-s URL`; also behind letters that take no value: `-As`.
Word read_short(std::string_view word) {
  const bool is_split = word.size() > 2 && word[2] == '=';
  return {.value = is_split ? std::size_t{3} : std::size_t{2},
          .secret = word[1] == 's' ? Secret::user : Secret::password,
          .next = word.ends_with('s') ? Secret::user : Secret::password};
}

Word read_word(std::string_view word) {
  if (const std::string flag = long_flag(word); !flag.empty()) {
    return read_long(word, flag);
  }
  const bool is_short =
      word.size() > 1 && word[0] == '-' && word[1] != '-' && word[1] != '=';
  return is_short ? read_short(word) : Word{};
}

void write_over(std::span<char> secret) {
  std::ranges::fill(secret, '*');
}

/// Of `scheme://user:password@host` all that stands before the `@`; without a
/// scheme only where it can be nothing else.
void hide_user(std::span<char> value, Secret secret) {
  constexpr std::string_view k_mark = "://";
  const std::string_view text(value.data(), value.size());
  const auto mark = text.find(k_mark);
  const bool has_scheme = mark != std::string_view::npos;
  const std::size_t begin = has_scheme ? mark + k_mark.size() : 0;
  const std::string_view host =
      text.substr(begin, text.find('/', begin) - begin);
  const auto at = host.rfind('@');
  if (at == std::string_view::npos) {
    return;
  }
  const bool has_password = host.find(':') < at;
  if (has_scheme || has_password || secret == Secret::user) {
    write_over(value.subspan(begin, at));
  }
}

/// A word behind one of which `expected` is secret. Whether `-lapps` ends in
/// the flag -s is not known here, so that what looks like a flag is read as
/// one, save for what can only be a secret.
Word read_next(std::string_view text, Secret expected) {
  if (expected == Secret::all) {
    return {.secret = Secret::all};
  }
  Word word = read_word(text);
  if (word.value == 0) {
    word.secret = expected;
  }
  return word;
}

void hide_in(std::span<char> value, Secret secret) {
  if (secret == Secret::all) {
    write_over(value);
  } else {
    hide_user(value, secret);
  }
}

}  // namespace

void hide_secrets(std::span<char*> arguments) {
  Secret expected = Secret::password;
  for (char* const argument : arguments) {
    const std::string_view text = argument;
    const Word word = read_next(text, expected);
    hide_in(std::span(argument, text.size()).subspan(word.value), word.secret);
    expected = word.next;
  }
}

}  // namespace kprofefe::cli
