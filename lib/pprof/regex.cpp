// SPDX-License-Identifier: MIT
#include "pprof/regex.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <utility>

namespace kprofefe::pprof {

Result<Regex> Regex::compile(std::string_view expression) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_shared<const re2::RE2>(
      re2::StringPiece(expression.data(), expression.size()), options);
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
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()),
                                *compiled_);
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
