// SPDX-License-Identifier: MIT
#include "pprof/regex.hpp"

#include "base/utf8.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace kprofefe::pprof {
namespace {

using Compiled = std::shared_ptr<const re2::RE2>;

Compiled compile_as_is(std::string_view expression) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  return std::make_shared<const re2::RE2>(
      re2::StringPiece(expression.data(), expression.size()), options);
}

/// Spells as RE2 does what Go's regexp/syntax writes `(?<name>re)`. Nothing:
/// there is `\C`, which Go does not have.
std::optional<std::string> in_re2_syntax(std::string_view expression) {
  constexpr std::string_view k_group = "(?<";
  std::string text;
  for (std::size_t at = 0; at < expression.size(); ++at) {
    const std::string_view rest = expression.substr(at);
    if (rest.starts_with(k_group)) {
      text += "(?P<";
      at += k_group.size() - 1;
    } else if (rest.starts_with("\\C")) {
      return std::nullopt;
    } else if (rest.starts_with("\\Q")) {
      const std::string_view quoted = rest.substr(0, rest.find("\\E"));
      text += quoted;
      at += quoted.size() - 1;
    } else if (rest.front() == '\\') {
      text += rest.substr(0, 2);
      ++at;
    } else {
      text += rest.front();
    }
  }
  return text;
}

/// Go's regexp reads a byte that is no UTF-8 as U+FFFD, RE2 as the end.
std::optional<std::string> repaired(std::string_view text) {
  std::string valid;
  bool was_valid = true;
  while (!text.empty()) {
    const Character next = first_character(text);
    was_valid &= next.valid;
    append_utf8(valid, next.valid ? next.code : k_replacement_character);
    text.remove_prefix(next.bytes);
  }
  return was_valid ? std::nullopt : std::optional(std::move(valid));
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

Result<Regex> Regex::compile(std::string_view expression) {
  const std::optional<std::string> spelled = in_re2_syntax(expression);
  if (!spelled) {
    return fail(ErrorKind::usage,
                fmt::format("invalid regular expression \"{}\": invalid escape "
                            "sequence: \\C",
                            expression));
  }
  Compiled compiled = compile_as_is(expression);
  if (!compiled->ok()) {
    // Not before, as `[(?<]` is a class.
    const Compiled translated = compile_as_is(*spelled);
    compiled = translated->ok() ? translated : compiled;
  }
  if (!compiled->ok()) {
    return fail(ErrorKind::usage,
                fmt::format("invalid regular expression \"{}\": {}", expression,
                            compiled->error()));
  }
  return Regex(std::move(compiled));
}

Regex::Regex(std::shared_ptr<const re2::RE2> compiled)
    : compiled_(std::move(compiled)) {}

bool Regex::matches(std::string_view text) const {
  const auto matches_bytes = [&](std::string_view bytes) {
    return re2::RE2::PartialMatch(re2::StringPiece(bytes.data(), bytes.size()),
                                  *compiled_);
  };
  if (is_ascii(text)) {
    return matches_bytes(text);
  }
  const std::optional<std::string> valid = repaired(text);
  return matches_bytes(valid ? *valid : text);
}

const std::string& Regex::expression() const {
  return compiled_->pattern();
}

std::string Regex::replace_all(std::string text,
                               std::string_view replacement) const {
  re2::RE2::GlobalReplace(
      &text, *compiled_,
      re2::StringPiece(replacement.data(), replacement.size()));
  return text;
}

}  // namespace kprofefe::pprof
