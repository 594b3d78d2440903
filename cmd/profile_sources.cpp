// SPDX-License-Identifier: MIT
#include "cmd/profile_sources.hpp"

#include "cmd/check_sources.hpp"
#include "cmd/flag_checks.hpp"
#include "cmd/gathering.hpp"
#include "cmd/pod_round.hpp"
#include "cmd/remote_sources.hpp"
#include "cmd/report_notes.hpp"
#include "cmd/source_word.hpp"

#include "base/file.hpp"
#include "collect/sink.hpp"
#include "pprof/kind.hpp"
#include "pprof/summary.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <unistd.h>

#include <optional>
#include <ostream>
#include <utility>

namespace kprofefe::cmd {
namespace {

constexpr std::string_view k_local_profefe = "http://localhost:10100";

/// Adds what comes from pods as it comes, and keeps nothing else of it.
class GatheringSink final : public collect::Sink {
 public:
  explicit GatheringSink(Gathering* gathering) : gathering_(gathering) {}

  async::Task<Result<std::string>> deliver(
      collect::FetchedProfile profile) override {
    std::string name = "pod/" + profile.target->pod;
    const Result<void> added =
        gathering_->add(profile.bytes, {SourceKind::pod, name});
    if (!added) {
      co_return std::unexpected(added.error());
    }
    co_return name;
  }

 private:
  Gathering* gathering_;
};

/// Reads one command line's profiles, the cheap and local ones first.
class Reader {
 public:
  Reader(const Context& context, const SourceFlags& flags)
      : context_(context), flags_(flags) {}

  Result<Gathered> read(std::span<const std::string> words) {
    TRY(words.empty() ? read_selection() : read_words(words));
    return gathering_.finish();
  }

 private:
  Result<void> read_words(std::span<const std::string> words) {
    std::vector<std::string> pods;
    for (const std::string& word : words) {
      TRY_ASSIGN(SourceWord source,
                 read_source_word(word, !flags_.profefe_hostport.empty()));
      if (source.is_guess) {
        guesses_.push_back(source.text);
      }
      if (source.kind == SourceKind::pod) {
        pods.push_back(std::move(source.text));
        continue;
      }
      TRY(add(source));
    }
    remote_.reset();  // its hold on signals would be in the way of the round's
    return pods.empty() ? Result<void>{} : add_pods(std::move(pods));
  }

  Result<void> read_selection() {
    return flags_.query.service.empty() ? add_pods({}) : add_query();
  }

  Result<void> add(const SourceWord& source) {
    switch (source.kind) {
      case SourceKind::standard_input: {
        TRY_ASSIGN(const std::string bytes,
                   read_all(STDIN_FILENO, "standard input",
                            pprof::k_max_inflated_bytes));
        return gathering_.add(bytes, {source.kind, "standard input"});
      }
      case SourceKind::url:
        return remote().add_url(source.text, gathering_);
      case SourceKind::stored:
        return remote().add_stored(flags_.profefe_hostport, source.text,
                                   gathering_);
      default: {
        TRY_ASSIGN(const std::string bytes,
                   read_file(source.text, pprof::k_max_inflated_bytes));
        return gathering_.add(bytes, source);
      }
    }
  }

  Result<void> add_query() {
    QueryFlags typed = flags_.query;
    typed.type = flags_.profile_type;
    TRY_ASSIGN(const profefe::ProfileQuery query,
               make_query(typed, context_.env.now()));
    return remote().add_query(flags_.profefe_hostport.empty()
                                  ? std::string(k_local_profefe)
                                  : flags_.profefe_hostport,
                              query, gathering_);
  }

  Result<void> add_pods(std::vector<std::string> names) {
    CaptureFlags live = flags_.live;
    live.profiles = flags_.profile_type;
    live.pods.names = std::move(names);
    TRY_ASSIGN(auto listed, read_listed_pods(live.pods));
    TRY_ASSIGN(const CaptureOptions options, validate(live));
    PodRound round(context_, live, options);
    Result<collect::Selected> found = round.select(std::move(listed));
    if (!found) {
      return std::unexpected(explain_guesses(found.error()));
    }
    collect::Selected selected = *std::move(found);
    if (selected.targets.empty() && selected.not_targets.empty()) {
      return std::unexpected(round.nothing_to_profile(selected.pods_seen));
    }
    GatheringSink sink(&gathering_);
    const collect::Report report = round.run({&sink}, std::move(selected));
    if (round.is_interrupted()) {
      return fail(ErrorKind::cancelled, "interrupted");
    }
    if (round.has_list_failed()) {
      gathering_.miss();
    }
    return judge(report);
  }

  /// A file whose name was mistyped ends as a pod that is not there, or as an
  /// API server that nobody thought of.
  [[nodiscard]] Error explain_guesses(const Error& error) const {
    if (guesses_.empty() || error.kind == ErrorKind::cancelled ||
        error.kind == ErrorKind::usage) {
      return error;
    }
    return error.with_context(
        fmt::format("\"{}\" {}", fmt::join(guesses_, "\", \""),
                    guesses_.size() == 1
                        ? "is no file here, so it was taken for a pod"
                        : "are no files here, so they were taken for pods"));
  }

  /// The view is of what came; what did not is named.
  Result<void> judge(const collect::Report& report) {
    context_.streams.err << render_problems(report) << std::flush;
    ReportNotes notes;
    for (const collect::TargetReport& target : report.targets) {
      notes.add(target);
    }
    for (const std::string& note : notes.lines()) {
      print_note(context_.streams, note);
    }
    const collect::Summary summary = collect::summarize(report);
    if (summary.stored == 0) {
      return fail(
          ErrorKind::not_found,
          fmt::format("no {} profile came from any pod", flags_.profile_type));
    }
    if (summary.failed > 0) {
      gathering_.miss();
    }
    print_note(context_.streams,
               fmt::format("{} profiles of {} of {} pods, captured now",
                           flags_.profile_type, summary.stored,
                           report.targets.size() + report.not_targets.size()));
    return {};
  }

  RemoteSources& remote() {
    return remote_ ? *remote_ : remote_.emplace(context_);
  }

  const Context& context_;
  const SourceFlags& flags_;
  Gathering gathering_;
  std::vector<std::string> guesses_;
  std::optional<RemoteSources> remote_;
};

}  // namespace

const char* const k_source_help =
    "A SOURCE is the first of these that fits:\n"
    "  -                   standard input\n"
    "  FILE                a file that is there\n"
    "  http://...          a URL, e.g. as `get profiles` prints it\n"
    "  HOST:PORT/...       a URL without http://, as go tool pprof takes it\n"
    "  pod/NAME            a pod: captured now\n"
    "  ID                  a profile in profefe, with --profefe-hostport\n"
    "  NAME                a pod: captured now\n"
    "Several are merged. Without any: every pod that -l, -A, -n or -f "
    "selects,\n"
    "captured now, or all that profefe has of --service.\n\n"
    "When some pods fail, the view is of the others and the exit code is 3.\n";

void add_source_flags(CLI::App& app, SourceFlags& flags) {
  add_pod_flags(app, flags.live.pods);
  const std::string which = k_query_group;
  app.add_option("--profefe-hostport", flags.profefe_hostport,
                 "URL of the profefe server (default with --service: "
                 "http://localhost:10100)")
      ->type_name("URL")
      ->check(refuse_empty)
      ->group(which);
  add_query_flags(app, flags.query, which);
  app.add_option("--profile-type", flags.profile_type,
                 "Which profile of pods and of --service: cpu, heap, allocs, "
                 "block, mutex, goroutine, threadcreate")
      ->type_name("TYPE")
      ->group(k_fetch_group)
      ->capture_default_str()
      ->check(CLI::IsMember({"cpu", "heap", "allocs", "block", "mutex",
                             "goroutine", "threadcreate", "other"}));
  add_fetch_flags(app, flags.live);
  remember_given(app, flags);
}

Result<Gathered> gather(const Context& context, const SourceFlags& flags,
                        std::span<const std::string> words) {
  Reader reader(context, flags);
  return reader.read(words);
}

}  // namespace kprofefe::cmd
