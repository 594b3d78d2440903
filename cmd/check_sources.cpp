// SPDX-License-Identifier: MIT
#include "cmd/check_sources.hpp"

#include "cmd/source_word.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace kprofefe::cmd {
namespace {

/// What the flags under a heading of `--help` are good for.
struct Use {
  std::string_view group;
  std::string_view what;
  bool for_pods = false;
  bool for_service = false;
};

constexpr std::array k_uses = {
    Use{k_pods_group, "only selects pods", true, false},
    Use{k_fetch_group, "only says how to fetch from pods", true, false},
    Use{k_target_group, "only says how to fetch from pods", true, false},
    Use{k_query_group, "only selects profiles of --service", false, true},
};

constexpr Use k_type_use = {
    "", "only says what to fetch from pods or of --service", true, true};

/// As most people type it: `-l`, or `--seconds` where there is no letter.
std::string spelling_of(const CLI::Option& option) {
  const std::vector<std::string>& letters = option.get_snames();
  return letters.empty() ? option.get_name() : "-" + letters.front();
}

/// Nothing for a flag that was not given, or may be beside every source.
std::optional<GivenFlag> given_flag(const CLI::Option& option) {
  // A namespace is told by its value: of some commands, `-n` is rows, too. An
  // id of profefe may turn out to be a file that is there.
  constexpr std::array<std::string_view, 4> k_others = {
      "-n", "--namespace", "--service", "--profefe-hostport"};
  const std::string name = spelling_of(option);
  const auto* const use =
      name == "--profile-type"
          ? &k_type_use
          : std::ranges::find(k_uses, option.get_group(), &Use::group);
  if (option.count() == 0 || use == k_uses.end() ||
      std::ranges::find(k_others, name) != k_others.end()) {
    return std::nullopt;
  }
  return GivenFlag{fmt::format("{} {}", name, use->what), use->for_pods,
                   use->for_service};
}

/// What there is among the sources.
struct Kinds {
  bool pods = false;
  bool service = false;
  bool only_files = false;
};

Result<Kinds> kinds_of(const SourceFlags& flags,
                       std::span<const std::string> words,
                       std::span<const std::string> base) {
  const bool queries = !flags.query.service.empty();
  Kinds kinds{.pods = words.empty() && !queries,
              .service = words.empty() && queries,
              .only_files = !words.empty()};
  for (const auto& sources : {words, base}) {
    for (const std::string& word : sources) {
      TRY_ASSIGN(const SourceWord source,
                 read_source_word(word, !flags.profefe_hostport.empty()));
      kinds.pods |= source.kind == SourceKind::pod;
      kinds.only_files &= source.kind == SourceKind::file ||
                          source.kind == SourceKind::standard_input;
    }
  }
  return kinds;
}

/// A flag that does nothing is a mistake of who typed it.
Result<void> check_given(const SourceFlags& flags, const Kinds& kinds) {
  for (const GivenFlag& given : flags.given) {
    if ((given.for_pods && kinds.pods) ||
        (given.for_service && kinds.service)) {
      continue;
    }
    std::string_view but = "the sources are files";
    if (!kinds.only_files) {
      but = given.for_pods ? "no source is a pod" : "there is no --service";
    }
    return fail(ErrorKind::usage, fmt::format("{}, and {}", given.what, but));
  }
  return {};
}

/// What profefe has no type for is `other` there; no pod serves that.
Result<void> check_type(const SourceFlags& flags, const Kinds& kinds) {
  if (kinds.pods && flags.profile_type == "other") {
    return fail(ErrorKind::usage,
                "--profile-type other: profefe has such profiles and pods do "
                "not; they serve cpu, heap, allocs, block, mutex, goroutine "
                "and threadcreate");
  }
  return {};
}

Result<void> check_selection(const SourceFlags& flags,
                             std::span<const std::string> words) {
  if (words.empty()) {
    if (selects_by_flags(flags)) {
      return {};
    }
    return fail(ErrorKind::usage,
                "nothing to read: name a file, - for standard input, an id or "
                "URL of profefe or a pod, or select with -l, -A, -n, -f or "
                "--service");
  }
  const PodFlags& pods = flags.live.pods;
  if (!flags.query.service.empty()) {
    return fail(ErrorKind::usage,
                "--service reads all profiles of a service: leave it out, or "
                "the sources that are named");
  }
  if (!pods.label_selector.empty() || !pods.field_selector.empty() ||
      pods.all_namespaces) {
    return fail(ErrorKind::usage,
                "sources are named or pods are selected: leave out the names, "
                "or -l, --field-selector and -A");
  }
  return {};
}

}  // namespace

bool selects_by_flags(const SourceFlags& flags) {
  const PodFlags& pods = flags.live.pods;
  return !flags.query.service.empty() || !pods.label_selector.empty() ||
         !pods.field_selector.empty() || !pods.filename.empty() ||
         pods.all_namespaces || !pods.cluster.choice.ns.empty();
}

Result<void> check_regex_is_no_source(const SourceFlags& flags,
                                      std::span<const std::string> words,
                                      const std::string& regex) {
  std::error_code ignored;
  if (words.empty() && !selects_by_flags(flags) &&
      std::filesystem::exists(regex, ignored)) {
    return fail(
        ErrorKind::usage,
        fmt::format("\"{}\" was taken as REGEX; SOURCE is missing", regex));
  }
  return {};
}

void remember_given(CLI::App& app, SourceFlags& flags) {
  app.parse_complete_callback([&app, &flags] {
    for (const CLI::Option* const option : std::as_const(app).get_options()) {
      if (std::optional<GivenFlag> given = given_flag(*option)) {
        flags.given.push_back(*std::move(given));
      }
    }
    if (!flags.live.pods.cluster.choice.ns.empty()) {
      flags.given.push_back({"-n only selects pods", true, false});
    }
  });
}

Result<void> check_sources(const SourceFlags& flags,
                           std::span<const std::string> words,
                           std::span<const std::string> base) {
  TRY(check_selection(flags, words));
  TRY_ASSIGN(const Kinds kinds, kinds_of(flags, words, base));
  TRY(check_type(flags, kinds));
  return check_given(flags, kinds);
}

}  // namespace kprofefe::cmd
