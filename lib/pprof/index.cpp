// SPDX-License-Identifier: MIT
#include "pprof/index.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "pprof/kind.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace kprofefe::pprof {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_most_entries = 100;
constexpr std::size_t k_longest_name = 200;

/// A tag and the text behind it.
struct Piece {
  std::string_view tag;  ///< `a href='heap?debug=1'`
  std::string_view text;
};

/// The next piece, nothing at the end.
std::optional<Piece> next_piece(std::string_view& html) {
  const std::size_t begin = html.find('<');
  const std::size_t close = html.find('>', std::min(begin, html.size()));
  if (close == std::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t end = std::min(html.find('<', close), html.size());
  const Piece piece{html.substr(begin + 1, close - begin - 1),
                    trim(html.substr(close + 1, end - close - 1))};
  html.remove_prefix(end);
  return piece;
}

/// What html.EscapeString() wrote.
std::string unescaped(std::string_view text) {
  constexpr std::array k_entities = {
      std::pair{"&amp;"sv, '&'}, std::pair{"&lt;"sv, '<'},
      std::pair{"&gt;"sv, '>'}, std::pair{"&#39;"sv, '\''},
      std::pair{"&#34;"sv, '"'}};
  std::string plain;
  while (!text.empty()) {
    const auto* const entity = std::ranges::find_if(
        k_entities,
        [&](const auto& one) { return text.starts_with(one.first); });
    const bool is_entity = entity != k_entities.end();
    plain += is_entity ? entity->second : text.front();
    text.remove_prefix(is_entity ? entity->first.size() : 1);
  }
  return plain;
}

bool is_no_profile(std::string_view name) {
  return name.empty() || name == "cmdline" || name == "symbol";
}

/// Under the name that it has in flags.
std::string name_of(std::string_view text) {
  std::string name = unescaped(text.substr(0, k_longest_name));
  return name == endpoint_name(ProfileKind::cpu)
             ? std::string(kind_name(ProfileKind::cpu))
             : name;
}

}  // namespace

std::vector<IndexEntry> read_index(std::string_view html) {
  std::vector<IndexEntry> entries;
  std::optional<std::uint64_t> count;
  while (const std::optional<Piece> piece = next_piece(html)) {
    if (const auto number = parse_number<std::uint64_t>(piece->text)) {
      count = number;
    } else if (piece->tag.starts_with("a ") && count &&
               piece->tag.contains("debug=1")) {
      if (!is_no_profile(piece->text) && entries.size() < k_most_entries) {
        entries.push_back({.name = name_of(piece->text), .count = *count});
      }
      count.reset();
    }
  }
  return entries;
}

}  // namespace kprofefe::pprof
