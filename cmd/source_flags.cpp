// SPDX-License-Identifier: MIT
#include "cmd/source_flags.hpp"

#include "cmd/server_flags.hpp"
#include "cmd/target_flags.hpp"

#include "base/number.hpp"
#include "pprof/kind.hpp"
#include "profefe/hostport.hpp"
#include "profefe/profile_type.hpp"
#include "source/saved.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

using source::Source;

constexpr cli::FlagScope k_selects_stored = {
    .what = "only applies to --service", .for_service = true};
constexpr cli::FlagScope k_chooses_type = {
    .what = "only applies to pods and --service",
    .for_pods = true,
    .for_service = true};

Result<std::vector<Source>> parse_sources(std::span<const std::string> words,
                                          const SourceFlags& flags,
                                          const Env& env) {
  std::vector<Source> sources;
  for (const std::string& word : words) {
    if (source::names_capture(word)) {
      TRY_ASSIGN(std::string path, source::find_capture(word, env));
      sources.push_back({source::Kind::file, std::move(path)});
      continue;
    }
    TRY_ASSIGN(Source source, source::parse_source(
                                  word, flags.server.has_value(),
                                  !flags.live.pods.cluster.choice.ns.empty()));
    sources.push_back(std::move(source));
  }
  return sources;
}

/// What there is among the sources.
struct Kinds {
  bool pods = false;
  bool service = false;
  bool only_files = false;
};

Kinds kinds_of(const ReadInputs& inputs) {
  const auto* const named = std::get_if<std::vector<Source>>(&inputs.input);
  Kinds kinds{
      .pods = std::holds_alternative<source::SelectedPods>(inputs.input),
      .service = std::holds_alternative<source::StoredQuery>(inputs.input),
      .only_files = named != nullptr};
  const auto look_at = [&](const std::vector<Source>& sources) {
    for (const Source& source : sources) {
      kinds.pods |= source.kind == source::Kind::pod;
      kinds.only_files &= source.kind == source::Kind::file ||
                          source.kind == source::Kind::standard_input;
    }
  };
  if (named != nullptr) {
    look_at(*named);
  }
  look_at(inputs.base);
  return kinds;
}

/// A flag that does nothing is a mistake of who typed it; those of kubectl's
/// clusters and users may come from an alias.
Result<void> check_scopes(const SourceFlags& flags, const Kinds& kinds) {
  for (const cli::ScopedFlags::Given& given : flags.scoped.given()) {
    const cli::FlagScope& scope = *given.scope;
    if ((scope.for_pods && kinds.pods) ||
        (scope.for_service && kinds.service)) {
      continue;
    }
    std::string_view but = "the sources are files";
    if (!kinds.only_files) {
      but = scope.for_pods ? "no source is a pod" : "--service is not set";
    }
    return fail(ErrorKind::usage,
                fmt::format("{} {}, but {}{}", given.name, scope.what, but,
                            given.name == "-n" ? hint_of_rows(flags) : ""));
  }
  return {};
}

Result<void> check_selection(const SourceFlags& flags,
                             std::span<const std::string> words) {
  if (flags.sum && flags.average) {
    return fail(ErrorKind::usage, "--sum cannot be combined with --average");
  }
  if (words.empty()) {
    if (selects_by_flags(flags)) {
      return {};
    }
    return fail(
        ErrorKind::usage,
        "no source given: specify a file, - for standard input, a "
        "URL, a profefe id or a pod, or select with -l, --field-selector, -A, "
        "-n, -f or --service");
  }
  const PodFlags& pods = flags.live.pods;
  const collect::Selection& selection = pods.pods.selection;
  if (!flags.query.service.empty()) {
    return fail(ErrorKind::usage,
                "--service cannot be combined with named sources: it reads all "
                "profiles of a service");
  }
  if (!selection.label_selector.empty() || !selection.field_selector.empty() ||
      pods.pods.all_namespaces) {
    return fail(ErrorKind::usage,
                "named sources cannot be combined with -l, --field-selector "
                "and -A");
  }
  return {};
}

/// That no pod is named beside -A, and standard input at most once. Errors:
/// usage.
Result<void> check_named(const SourceFlags& flags,
                         std::span<const Source> sources,
                         std::span<const Source> base) {
  std::size_t inputs = flags.live.pods.filename == "-" ? 1 : 0;
  bool names_pods = false;
  for (const auto& named : {sources, base}) {
    for (const Source& source : named) {
      inputs += source.kind == source::Kind::standard_input ? 1 : 0;
      names_pods |= source.kind == source::Kind::pod;
    }
  }
  if (inputs > 1) {
    return fail(ErrorKind::usage, "standard input can be read only once");
  }
  if (names_pods && flags.live.pods.pods.all_namespaces) {
    return fail(ErrorKind::usage,
                "pod names cannot be combined with -A: names are unique only "
                "in a namespace; use -n");
  }
  return {};
}

source::Aggregation aggregation_of(const SourceFlags& flags) {
  if (flags.sum) {
    return source::Aggregation::sum;
  }
  return flags.average ? source::Aggregation::average
                       : source::Aggregation::automatic;
}

Result<source::Input> make_input(const SourceFlags& flags,
                                 std::span<const std::string> words,
                                 const Env& env) {
  if (!words.empty()) {
    TRY_ASSIGN(std::vector<Source> sources, parse_sources(words, flags, env));
    return sources;
  }
  if (flags.query.service.empty()) {
    return source::SelectedPods();
  }
  QueryFlags typed = flags.query;
  typed.type = flags.profile_type;
  TRY_ASSIGN(profefe::ProfileQuery query, make_query(typed, env.now()));
  return source::StoredQuery{.query = std::move(query),
                             .aggregation = aggregation_of(flags)};
}

/// Of what views can show: no runtime trace.
std::vector<std::string_view> pod_types() {
  std::vector<std::string_view> names;
  std::ranges::transform(pprof::k_default_kinds, std::back_inserter(names),
                         pprof::kind_name);
  return names;
}

Result<std::string> read_source_type(std::string_view type) {
  std::vector<std::string_view> names = pod_types();
  names.push_back(profefe::k_other);
  if (std::ranges::find(names, type) == names.end()) {
    return fail(ErrorKind::usage,
                fmt::format("unknown type \"{}\": use one of {}", type,
                            fmt::join(names, ", ")));
  }
  return std::string(type);
}

/// What profefe has no type for is `other` there; no pod serves that.
Result<pprof::ProfileKind> kind_of_pods(const std::string& type) {
  if (type == profefe::k_other) {
    return fail(ErrorKind::usage,
                fmt::format("--profile-type {}: pods do not serve such "
                            "profiles; use one of {}",
                            type, fmt::join(pod_types(), ", ")));
  }
  return pprof::parse_kind(type);
}

}  // namespace

const char* const k_source_help =
    "A SOURCE is the first of these that matches:\n"
    "  -                   standard input\n"
    "  @last               what was captured last to be looked at; @last~1 is\n"
    "                      the capture before it\n"
    "  FILE                an existing file\n"
    "  http://...          a URL, e.g. as `get profiles` prints it\n"
    "  HOST:PORT/...       a URL without http://, as with go tool pprof\n"
    "  pod/NAME[:PORT]     a pod: captured now; with -n also NAME:PORT\n"
    "  ID                  a profile in profefe, with --profefe-hostport\n"
    "  NAME                a pod: captured now\n"
    "Several are merged. Without any: every pod that -l, -A, -n or -f "
    "selects,\n"
    "captured now, or all profiles of --service in profefe.\n\n"
    "Read are pprof's profiles, and as by go tool pprof Go's texts (debug=1)\n"
    "and the legacy formats of gperftools and Java.\n\n"
    "If some pods fail, the others are shown and the exit code is 3.\n";

void add_source_flags(CLI::App& app, SourceFlags& flags) {
  add_pod_flags(app, flags.live.pods, &flags.scoped);
  cli::FlagGroup server(app, "Stored profiles");
  server
      .parsed("--profefe-hostport", flags.server, profefe::parse_hostport,
              "ADDRESS",
              "URL of the profefe server, or svc/NAME[.NAMESPACE][:PORT] of "
              "the cluster (default with --service: http://localhost:10100)")
      ->check(cli::refuse_empty);
  add_token_flag(server, flags.authorization);
  server
      .text("--service", flags.query.service, "NAME",
            "Service, see `get services`")
      ->check(cli::refuse_empty);
  cli::FlagGroup stored(app, "Stored profiles", &flags.scoped,
                        &k_selects_stored);
  add_query_flags(stored, flags.query);
  stored.flag("--sum", flags.sum,
              "Add up all profiles of the time range (default: cpu is summed; "
              "of heap, goroutine and threadcreate the newest of each pod "
              "counts; of allocs, block and mutex their increase)");
  stored.flag("--average", flags.average,
              "The average of each pod over the time range");
  cli::FlagGroup(app, "Fetching", &flags.scoped, &k_chooses_type)
      .parsed("--profile-type,--profiles", flags.profile_type, read_source_type,
              "TYPE",
              fmt::format("Profile to read from pods or --service: {}; with "
                          "--service also {}",
                          fmt::join(pod_types(), ", "), profefe::k_other))
      ->default_str(flags.profile_type);
  add_fetch_flags(app, flags.live, &flags.scoped);
  cli::FlagGroup(app, "Fetching", &flags.scoped, &k_fetches_from_pods)
      .off("--no-save", flags.saves,
           "Do not keep what is captured (default: the newest 50 in the state "
           "directory)");
}

std::string hint_of_rows(const SourceFlags& flags) {
  const std::string& ns = flags.live.pods.cluster.choice.ns;
  return flags.has_rows && parse_number<unsigned>(ns)
             ? fmt::format("; for the number of rows use -r {}", ns)
             : "";
}

bool selects_by_flags(const SourceFlags& flags) {
  return !flags.query.service.empty() || selects_pods(flags.live.pods);
}

Result<void> check_regex_is_no_source(const SourceFlags& flags,
                                      std::span<const std::string> words,
                                      const std::string& regex) {
  std::error_code ignored;
  if (words.empty() && !selects_by_flags(flags) &&
      std::filesystem::exists(regex, ignored)) {
    return fail(
        ErrorKind::usage,
        fmt::format("SOURCE is missing: \"{}\" was taken as REGEX", regex));
  }
  return {};
}

namespace {

Result<void> complete_live(const SourceFlags& flags, const Env& env,
                           ReadInputs& inputs) {
  TRY_ASSIGN(const pprof::ProfileKind kind, kind_of_pods(flags.profile_type));
  TRY_ASSIGN(inputs.request.live, complete(flags.live, env));
  inputs.request.live.plan.kinds = {kind};
  return {};
}

}  // namespace

Result<ReadInputs> complete(const SourceFlags& flags,
                            std::span<const std::string> words,
                            std::span<const std::string> base, const Env& env) {
  TRY(check_selection(flags, words));
  ReadInputs inputs;
  TRY_ASSIGN(inputs.input, make_input(flags, words, env));
  TRY_ASSIGN(inputs.base, parse_sources(base, flags, env));
  const auto* const named = std::get_if<std::vector<Source>>(&inputs.input);
  TRY(check_named(flags, named != nullptr ? *named : std::vector<Source>(),
                  inputs.base));
  inputs.request.server = flags.server.value_or(profefe::default_server());
  inputs.request.server.authorization = flags.authorization;
  inputs.request.live.cluster = flags.live.pods.cluster;
  inputs.saves = flags.saves;
  const Kinds kinds = kinds_of(inputs);
  TRY(check_scopes(flags, kinds));
  if (kinds.pods) {
    TRY(complete_live(flags, env, inputs));
  }
  return inputs;
}

Result<ReadInputs> complete_pods(const SourceFlags& flags, const Env& env) {
  ReadInputs inputs;
  inputs.input = source::SelectedPods();
  inputs.saves = flags.saves;
  TRY(complete_live(flags, env, inputs));
  return inputs;
}

}  // namespace kprofefe::cmd
