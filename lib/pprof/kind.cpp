// SPDX-License-Identifier: MIT
#include "pprof/kind.hpp"

#include "base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>

namespace kprofefe::pprof {
namespace {

struct Alias {
  std::string_view alias;
  ProfileKind kind;
};

// What people and other tools call these profiles.
constexpr std::array k_aliases = {
    Alias{"profile", ProfileKind::cpu},
    Alias{"process_cpu", ProfileKind::cpu},
    Alias{"mem", ProfileKind::heap},
    Alias{"memory", ProfileKind::heap},
    Alias{"inuse_space", ProfileKind::heap},
    Alias{"alloc_space", ProfileKind::allocs},
    Alias{"contention", ProfileKind::mutex},
    Alias{"lock", ProfileKind::mutex},
    Alias{"threads", ProfileKind::threadcreate},
};

/// How many single letters must be added, dropped or replaced to turn `a`
/// into `b` (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row;
  for (std::size_t i = 0; i <= b.size(); ++i) {
    row.push_back(i);
  }
  for (const char wanted : a) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (wanted == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

std::optional<ProfileKind> guess(std::string_view name) {
  // Nobody misspells a kind that long; the distance costs its square.
  if (name.size() > 32) {
    return std::nullopt;
  }
  const std::string lower = lower_case(name);
  for (const Alias& alias : k_aliases) {
    if (alias.alias == lower) {
      return alias.kind;
    }
  }
  std::optional<ProfileKind> best;
  std::size_t best_distance = 3;
  for (const ProfileKind kind : k_profile_kinds) {
    const std::string_view known = kind_name(kind);
    const std::size_t edits = distance(lower, known);
    if (edits < best_distance && edits < known.size() / 2 + 1) {
      best = kind;
      best_distance = edits;
    }
  }
  return best;
}

std::optional<ProfileKind> find_kind(std::string_view name) {
  for (const ProfileKind kind : k_profile_kinds) {
    if (kind_name(kind) == name) {
      return kind;
    }
  }
  return std::nullopt;
}

/// `also` ends the list of valid names.
std::unexpected<Error> unknown(std::string_view name, std::string_view also) {
  std::array<std::string_view, k_profile_kinds.size()> names;
  std::ranges::transform(k_profile_kinds, names.begin(), kind_name);
  const std::string valid = fmt::format("{}{}", fmt::join(names, ", "), also);
  if (name.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("empty profile name: use one of {}", valid));
  }
  const std::optional<ProfileKind> meant = guess(name);
  const std::string hint =
      meant ? fmt::format(" (did you mean \"{}\"?)", kind_name(*meant)) : "";
  return fail(ErrorKind::usage,
              fmt::format("unknown profile \"{}\"{}: use one of {}",
                          one_line(name, 40), hint, valid));
}

}  // namespace

std::string_view kind_name(ProfileKind kind) {
  switch (kind) {
    case ProfileKind::cpu:
      return "cpu";
    case ProfileKind::heap:
      return "heap";
    case ProfileKind::allocs:
      return "allocs";
    case ProfileKind::block:
      return "block";
    case ProfileKind::mutex:
      return "mutex";
    case ProfileKind::goroutine:
      return "goroutine";
    case ProfileKind::threadcreate:
      return "threadcreate";
    case ProfileKind::trace:
      return "trace";
  }
  return "unknown";
}

std::string_view endpoint_name(ProfileKind kind) {
  return kind == ProfileKind::cpu ? "profile" : kind_name(kind);
}

std::string_view measured_type(ProfileKind kind) {
  switch (kind) {
    case ProfileKind::cpu:
      return "cpu";
    case ProfileKind::heap:
      return "inuse_space";
    case ProfileKind::allocs:
      return "alloc_space";
    case ProfileKind::block:
    case ProfileKind::mutex:
      return "delay";
    case ProfileKind::goroutine:
    case ProfileKind::threadcreate:
      return kind_name(kind);
    case ProfileKind::trace:
      break;
  }
  return {};
}

Temporality temporality(ProfileKind kind) {
  switch (kind) {
    case ProfileKind::heap:
    case ProfileKind::goroutine:
    case ProfileKind::threadcreate:
      return Temporality::gauge;
    case ProfileKind::allocs:
    case ProfileKind::block:
    case ProfileKind::mutex:
      return Temporality::cumulative;
    default:
      return Temporality::delta;
  }
}

bool samples_over_time(ProfileKind kind) {
  return kind == ProfileKind::cpu || kind == ProfileKind::trace;
}

Result<ProfileKind> parse_kind(std::string_view name) {
  if (const std::optional<ProfileKind> kind = find_kind(name)) {
    return *kind;
  }
  return unknown(name, "");
}

Result<std::vector<ProfileKind>> parse_kinds(std::string_view list) {
  std::vector<ProfileKind> kinds;
  const auto add = [&kinds](ProfileKind kind) {
    if (std::ranges::find(kinds, kind) == kinds.end()) {
      kinds.push_back(kind);
    }
  };
  for (const std::string_view part : split(list, ',')) {
    const std::string_view name = trim(part);
    if (name == "all") {
      std::ranges::for_each(k_profile_kinds, add);
      continue;
    }
    const std::optional<ProfileKind> kind = find_kind(name);
    if (!kind) {
      return unknown(name, ", all");
    }
    add(*kind);
  }
  return kinds;
}

}  // namespace kprofefe::pprof
