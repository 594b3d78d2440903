// SPDX-License-Identifier: MIT
#include "pprof/legacy/formats.hpp"
#include "pprof/legacy/lines.hpp"
#include "pprof/legacy/memory_map.hpp"
#include "pprof/legacy/numbers.hpp"
#include "pprof/legacy/profile_maker.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace kprofefe::pprof::legacy {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The name of `NAME profile: total N`; nothing: it is no such line.
std::optional<std::string_view> profile_name(std::string_view line) {
  constexpr std::string_view k_total = " profile: total ";
  const std::string_view name =
      line.substr(0, std::min(line.find_first_of(" \t\n\f\r"), line.size()));
  const std::string_view rest = line.substr(name.size());
  if (name.empty() || !rest.starts_with(k_total) ||
      !is_digits(rest.substr(k_total.size()))) {
    return std::nullopt;
  }
  return name;
}

/// Whether a stack is written ` 0x1 0x2`, and nothing else.
bool is_stack(std::string_view text) {
  constexpr std::string_view k_start = " 0x";
  while (text.starts_with(k_start)) {
    text.remove_prefix(k_start.size());
    const auto digits =
        std::min(text.find_first_not_of("0123456789abcdef"), text.size());
    if (digits == 0) {
      return false;
    }
    text.remove_prefix(digits);
  }
  return text.empty();
}

Parsed<void> read_sample(const Lines& lines, ProfileMaker& maker,
                         std::vector<std::uint64_t>& addresses) {
  if (is_blank_or_comment(lines.line())) {
    return {};
  }
  constexpr std::string_view k_at = " @";
  const std::string_view line = lines.line();
  const auto at = std::min(line.find(k_at), line.size());
  const std::string_view stack =
      line.substr(std::min(at + k_at.size(), line.size()));
  if (!is_digits(line.substr(0, at)) || stack.empty() || !is_stack(stack)) {
    return damaged(lines.complain("not a sample like \"2 @ 0x401234\""));
  }
  const std::optional<std::int64_t> count = parse_literal(line.substr(0, at));
  if (!count) {
    return damaged(lines.complain("invalid number of samples"));
  }
  addresses.clear();
  if (auto added = add_addresses(stack, addresses); !added) {
    return damaged(lines.at_line(added.error().why));
  }
  return maker.add_sample(std::array{*count}, addresses);
}

}  // namespace

Parsed<Profile> read_count(std::string_view text, const ReadLimits& limits) {
  Lines lines(text);
  while (lines.next() && is_blank_or_comment(lines.line())) {
  }
  const std::optional<std::string_view> name = profile_name(lines.line());
  if (!name) {
    return other_format();
  }
  ProfileMaker maker(limits, ReturnAddresses::all);
  maker.set_period(*name, "count", 1);
  maker.add_type(*name, "count");
  std::vector<std::uint64_t> addresses;
  while (lines.next() && !lines.line().starts_with("---")) {
    TRY(read_sample(lines, maker, addresses));
  }
  TRY(lines.check());
  TRY(find_memory_map(lines, maker.profile(), limits));
  return std::move(maker.profile());
}

}  // namespace kprofefe::pprof::legacy
