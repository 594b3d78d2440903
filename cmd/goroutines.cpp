// SPDX-License-Identifier: MIT
#include "cmd/capture_flags.hpp"
#include "cmd/command.hpp"
#include "cmd/command_session.hpp"
#include "cmd/read_profiles.hpp"
#include "cmd/round_watch.hpp"

#include "base/choice.hpp"
#include "base/memory_limit.hpp"
#include "cli/flag_group.hpp"
#include "cli/help.hpp"
#include "goroutines/groups.hpp"
#include "goroutines/render.hpp"
#include "pprof/regex.hpp"
#include "source/dumps.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

using goroutines::SortBy;

enum class OutputFormat : std::uint8_t { text, json };

constexpr std::array<std::pair<std::string_view, OutputFormat>, 2> k_outputs = {
    {{"text", OutputFormat::text}, {"json", OutputFormat::json}}};
constexpr std::array<std::pair<std::string_view, SortBy>, 2> k_sorts = {
    {{"count", SortBy::count}, {"wait", SortBy::wait}}};

struct GoroutinesFlags {
  std::vector<std::string> words;
  CaptureFlags live;
  cli::ScopedFlags scoped;
  std::optional<pprof::Regex> focus;
  std::optional<pprof::Regex> ignore;
  std::optional<pprof::Regex> state;
  std::chrono::minutes blocked_over{0};
  SortBy sort = SortBy::count;
  OutputFormat output = OutputFormat::text;
};

/// The dump counts whole minutes. Errors: usage.
Result<std::chrono::minutes> parse_wait(std::string_view text) {
  TRY_ASSIGN(const Milliseconds wait, parse_duration(text));
  if (wait.count() <= 0) {
    return fail(
        ErrorKind::usage,
        fmt::format("invalid duration \"{}\": it must be greater than 0",
                    text));
  }
  return std::chrono::ceil<std::chrono::minutes>(wait);
}

Result<OutputFormat> parse_output(std::string_view name) {
  return parse_choice(name, k_outputs);
}

Result<SortBy> parse_sort(std::string_view name) {
  return parse_choice(name, k_sorts);
}

goroutines::Matches matches(const std::optional<pprof::Regex>& regex) {
  if (!regex) {
    return {};
  }
  return [&regex](std::string_view text) { return regex->matches(text); };
}

bool is_pod(const source::Source& source) {
  return source.kind == source::Kind::pod;
}

/// That words and flags do not both select, nor none of them. Errors: usage.
Result<void> check_selection(const GoroutinesFlags& flags,
                             const std::vector<source::Source>& sources) {
  const PodFlags& pods = flags.live.pods;
  const collect::Selection& selection = pods.pods.selection;
  if (sources.empty() && !selects_pods(pods)) {
    return fail(ErrorKind::usage,
                "no source given: specify a pod, a file, - for standard input "
                "or a URL, or select with -l, --field-selector, -A, -n or -f");
  }
  if (!sources.empty() &&
      (!selection.label_selector.empty() || !selection.field_selector.empty() ||
       pods.pods.all_namespaces)) {
    return fail(ErrorKind::usage,
                "named sources cannot be combined with -l, --field-selector "
                "and -A");
  }
  const auto inputs = std::ranges::count(sources, source::Kind::standard_input,
                                         &source::Source::kind);
  if (inputs + (pods.filename == "-" ? 1 : 0) > 1) {
    return fail(ErrorKind::usage, "standard input can be read only once");
  }
  const auto given = flags.scoped.given();
  if (!sources.empty() && std::ranges::none_of(sources, is_pod) &&
      !given.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("{} {}, but no source is a pod", given[0].name,
                            given[0].scope->what));
  }
  return {};
}

/// With room for Go's largest dump, unless it is said how much there is.
Result<collect::CaptureRequest> complete_live(CaptureFlags live,
                                              const Env& env) {
  constexpr std::size_t k_largest_dump = std::size_t{64} << 20;
  const std::optional<std::size_t> limit = memory_limit();
  if (!live.memory && !live.max_profile_size &&
      (!limit || *limit >= 8 * k_largest_dump)) {
    live.max_profile_size = k_largest_dump;
  }
  TRY_ASSIGN(collect::CaptureRequest request, complete(live, env));
  request.plan.kinds = {pprof::ProfileKind::goroutine};
  request.plan.form = collect::Form::goroutine_dump;
  return request;
}

Result<source::DumpRequest> complete(const GoroutinesFlags& flags,
                                     const Env& env) {
  constexpr bool k_with_profefe = false;
  const bool with_namespace = !flags.live.pods.cluster.choice.ns.empty();
  source::DumpRequest request;
  for (const std::string& word : flags.words) {
    TRY_ASSIGN(source::Source source,
               source::parse_source(word, k_with_profefe, with_namespace,
                                    source::k_dump_path));
    request.sources.push_back(std::move(source));
  }
  TRY(check_selection(flags, request.sources));
  if (request.sources.empty() || std::ranges::any_of(request.sources, is_pod)) {
    TRY_ASSIGN(request.live, complete_live(flags.live, env));
  }
  return request;
}

Result<ExitCode> show_goroutines(const GoroutinesFlags& flags,
                                 const Context& context) {
  TRY_ASSIGN(const source::DumpRequest request, complete(flags, context.env));
  goroutines::Groups groups(
      {.filter = {.focus = matches(flags.focus),
                  .ignore = matches(flags.ignore),
                  .state = matches(flags.state),
                  .least_minutes =
                      static_cast<std::uint32_t>(flags.blocked_over.count())},
       .keeps_members = flags.output == OutputFormat::json});
  CommandSession session(context);
  RoundWatch watch(context, session);
  const Result<source::DumpsLoaded> loaded = session->run(
      source::load_dumps(session.get(), &request, &watch, &groups));
  watch.clear();
  TRY(loaded);
  for (const std::string& note : goroutines::missing_in(groups)) {
    print_note(context.streams, note);
  }
  const auto render = flags.output == OutputFormat::json
                          ? goroutines::render_json
                          : goroutines::render_text;
  TRY(print_results(context.streams, [&](const Sink& sink) {
    return render(groups, flags.sort, sink);
  }));
  return loaded->is_incomplete ? ExitCode::partial : ExitCode::ok;
}

void add_filter_flags(CLI::App& app, GoroutinesFlags& flags) {
  cli::FlagGroup group(app, "What to show");
  group
      .parsed("--sort", flags.sort, parse_sort, "ORDER",
              "count: most goroutines first; wait: longest wait first")
      ->default_str("count");
  group.parsed("--blocked-over", flags.blocked_over, parse_wait, "DURATION",
               "Only goroutines that have waited at least so long, e.g. 5m");
  group.parsed("--focus", flags.focus, pprof::Regex::compile, "REGEX",
               "Only goroutines with a function or file:line that matches, "
               "also where they were created");
  group.parsed("--ignore", flags.ignore, pprof::Regex::compile, "REGEX",
               "No goroutines with such a function or file:line");
  group.parsed("--state", flags.state, pprof::Regex::compile, "REGEX",
               "Only goroutines in such a state, e.g. 'chan|select'");
  group
      .parsed("-o,--output", flags.output, parse_output, "FORMAT",
              "text, or json with every goroutine's id")
      ->default_str("text");
}

constexpr const char* k_help =
    "A SOURCE is the first of these that matches:\n"
    "  -                   standard input\n"
    "  FILE                an existing file, also the log of a program that\n"
    "                      panicked or got SIGQUIT\n"
    "  http://...          a URL; without a path it is that of the dump\n"
    "  HOST:PORT/...       a URL without http://\n"
    "  pod/NAME[:PORT]     a pod: asked now; with -n also NAME:PORT\n"
    "  NAME                a pod: asked now\n"
    "Several are shown together. Without any: every pod that -l, -A, -n or -f\n"
    "selects.\n\n"
    "Goroutines with the same stack, created at the same place, are one "
    "group.\n"
    "Go measures how long one waits in minutes, from the first garbage\n"
    "collection on that finds it waiting (there is one at least every two\n"
    "minutes). A program stands still while it makes its dump, and ends it "
    "after\n"
    "64 MiB.\n\n"
    "If some pods fail, the others are shown and the exit code is 3.\n\n"
    "Examples:\n"
    "  kubectl profefe goroutines -l app=operator\n"
    "  kubectl profefe goroutines -l app=operator --blocked-over 5m\n"
    "  kubectl profefe goroutines api-0 --focus 'sync.*Mutex' --sort wait\n"
    "  kubectl logs api-0 --previous | kubectl profefe goroutines -\n";

}  // namespace

void add_goroutines(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<GoroutinesFlags>();
  CLI::App* command = app.add_subcommand(
      "goroutines",
      "Show what all goroutines do and wait for, grouped by stack, of one or "
      "all replicas");
  command->group(k_read_group);
  command
      ->add_option("SOURCE", flags->words,
                   "Where to read goroutine dumps from, see below")
      ->type_name("");
  add_filter_flags(*command, *flags);
  add_pod_flags(*command, flags->live.pods, &flags->scoped);
  add_route_flags(*command, flags->live, &flags->scoped);
  command->footer(k_help + cli::point_to_options(app, k_all_shared));
  when_named(*command, chosen, [flags](const Context& context) {
    return show_goroutines(*flags, context);
  });
}

}  // namespace kprofefe::cmd
