// SPDX-License-Identifier: MIT
#include "pprof/legacy/pattern.hpp"

#include <re2/re2.h>

namespace kprofefe::pprof::legacy {

Pattern::Pattern(std::string_view expression) {
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  compiled_ = std::make_unique<const re2::RE2>(
      re2::StringPiece(expression.data(), expression.size()), options);
}

Pattern::~Pattern() = default;

std::optional<std::string_view> Pattern::find(std::string_view line) const {
  std::array<std::string_view, 1> found{};
  return find_in(line, found) ? std::optional(found[0]) : std::nullopt;
}

bool Pattern::find_in(std::string_view line,
                      std::span<std::string_view> found) const {
  std::array<re2::StringPiece, k_max_groups> pieces{};
  const auto count = static_cast<int>(found.size());
  if (!compiled_->Match(re2::StringPiece(line.data(), line.size()), 0,
                        line.size(), re2::RE2::UNANCHORED, pieces.data(),
                        count)) {
    return false;
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    found[i] = {pieces[i].data(), pieces[i].size()};
  }
  return true;
}

}  // namespace kprofefe::pprof::legacy
