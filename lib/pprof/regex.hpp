// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace kprofefe::pprof {

/// A regular expression in the syntax of Go's regexp (RE2), as `go tool pprof`
/// takes it; matching takes time linear in the text. Cheap to copy.
class Regex {
 public:
  /// Errors: usage, naming the expression and what is wrong with it.
  static Result<Regex> compile(std::string_view expression);

  /// Whether any part of `text` matches.
  [[nodiscard]] bool matches(std::string_view text) const;

  /// As it was written.
  [[nodiscard]] const std::string& expression() const;

  /// `text` with every match replaced by `replacement`, in which \1 is what
  /// the first group matched.
  [[nodiscard]] std::string replace_all(std::string text,
                                        std::string_view replacement) const;

 private:
  explicit Regex(std::shared_ptr<const re2::RE2> compiled);

  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace kprofefe::pprof
