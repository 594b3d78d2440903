// SPDX-License-Identifier: MIT
#include "cmd/capture_flags.hpp"
#include "cmd/command.hpp"
#include "cmd/flag_checks.hpp"
#include "cmd/help.hpp"
#include "cmd/pod_round.hpp"
#include "cmd/round_output.hpp"
#include "cmd/wait_for_profefe.hpp"

#include "collect/directory_sink.hpp"
#include "collect/profefe_sink.hpp"
#include "http/retry.hpp"
#include "profefe/client.hpp"
#include "profefe/hostport.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

constexpr std::string_view k_interrupted =
    "interrupted; what was already fetched has been delivered";
constexpr std::string_view k_lines =
    "-o lines prints what kube-profefe printed, a line for each stored "
    "profile:\n"
    "`<path or URL> type=<type> namespace=<namespace> pod=<pod>`.\n\n";

/// What an empty selection means to the one who asked.
enum class NoTargets { is_failure, is_fine };

/// One run of capture or collect, from validated options to the exit code.
class Capture {
 public:
  Capture(const Context& context, const CaptureFlags& flags,
          const CaptureOptions& options)
      : context_(context), options_(options), round_(context, flags, options) {}

  Result<ExitCode> run(NoTargets no_targets,
                       std::optional<std::vector<kube::Pod>> listed) {
    TRY(open_sinks());
    TRY_ASSIGN(collect::Selected selected, round_.select(std::move(listed)));
    if (selected.targets.empty() && selected.not_targets.empty()) {
      const Error none = round_.nothing_to_profile(selected.pods_seen);
      if (no_targets == NoTargets::is_failure) {
        return std::unexpected(none);
      }
      print_note(context_.streams, none.message);
    }
    if (!selected.targets.empty()) {
      TRY(check_profefe());
    }
    std::vector<collect::Sink*> sinks;
    sinks.reserve(sinks_.size());
    for (const auto& sink : sinks_) {
      sinks.push_back(sink.get());
    }
    RoundOutput output(context_.streams, options_.format,
                       {.started = context_.env.now(),
                        .seconds = options_.plan.cpu_time,
                        .targets = selected.targets.size(),
                        .colour = wants_colour(context_)});
    const collect::Report rest = round_.run(
        std::move(sinks), std::move(selected),
        [&](const collect::TargetReport& target) { output.add(target); });
    TRY(output.finish(rest.not_targets));
    return exit_code(output.summary());
  }

 private:
  Result<void> open_sinks() {
    if (!options_.output_dir.empty()) {
      TRY_ASSIGN(auto sink,
                 collect::open_directory_sink(options_.output_dir,
                                              {.fsync = options_.fsync}));
      sinks_.push_back(std::move(sink));
    }
    if (!options_.profefe_hostport.empty()) {
      TRY_ASSIGN(const http::Url url,
                 profefe::parse_hostport(options_.profefe_hostport));
      profefe_url_ = url;
      profefe_.emplace(round_.client(), url,
                       profefe::Options{.patience = options_.delivery_patience,
                                        .stop = round_.delivery_stop_token()});
      sinks_.push_back(collect::profefe_sink(&*profefe_));
    }
    return {};
  }

  /// A server that is away is waited for, unless there are files to write;
  /// one that cannot be trusted must be known before any pod is profiled.
  Result<void> check_profefe() {
    if (!profefe_) {
      return {};
    }
    const bool has_files = sinks_.size() > 1;
    const Result<void> answered = round_.loop().run(wait_for_profefe(
        &context_.streams, round_.client(), profefe_url_,
        has_files ? Milliseconds(0) : options_.delivery_patience,
        round_.stop_token()));
    if (answered || !has_files || !http::can_pass(answered.error())) {
      return answered;
    }
    print_note(context_.streams, answered.error().message);
    return {};
  }

  ExitCode exit_code(const collect::Summary& summary) {
    if (round_.is_interrupted()) {
      return ExitCode::interrupted;
    }
    if (summary.failed == 0 && !round_.has_list_failed()) {
      return ExitCode::ok;
    }
    const std::size_t kept = summary.stored + summary.kept_somewhere;
    return kept == 0 ? ExitCode::failed : ExitCode::partial;
  }

  const Context& context_;
  const CaptureOptions& options_;
  PodRound round_;
  http::Url profefe_url_;
  std::optional<profefe::Client> profefe_;
  std::vector<std::unique_ptr<collect::Sink>> sinks_;
};

ExitCode run_capture(const Context& context, const CaptureFlags& flags,
                     NoTargets no_targets) {
  const Result<CaptureOptions> options = validate(flags);
  if (!options) {
    return print_error(context.streams, options.error());
  }
  auto listed = read_listed_pods(flags.pods);
  if (!listed) {
    return print_error(context.streams, listed.error());
  }
  Capture capture(context, flags, *options);
  const Result<ExitCode> code = capture.run(no_targets, *std::move(listed));
  return code ? *code : print_error(context.streams, code.error());
}

void add_where_flags(CLI::App& app, CaptureFlags& flags) {
  const std::string where = "Where profiles go";
  app.add_option("-o,--output", flags.output,
                 "table, wide, json, name (a path or URL a line) or lines")
      ->type_name("FORMAT")
      ->group(where)
      ->capture_default_str();
  add_file_flags(app, flags);
}

}  // namespace

void add_capture(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<CaptureFlags>();
  CLI::App* capture = app.add_subcommand(
      "capture", "Pull profiles now, into files or to a profefe server");
  capture
      ->add_option("POD", flags->pods.names,
                   "Pods by name; they need no annotation. Without names: "
                   "every pod annotated profefe.com/enable: \"true\"")
      ->type_name("");
  add_pod_flags(*capture, flags->pods);
  add_capture_flags(*capture, *flags);
  CLI::Option* const folder =
      capture
          ->add_option("--output-dir", flags->output_dir,
                       "Write files into this folder (default: /tmp, unless "
                       "--profefe-hostport is given)")
          ->type_name("DIR")
          ->check(refuse_empty)
          ->group("Where profiles go");
  capture
      ->add_option("--profefe-hostport", flags->profefe_hostport,
                   "Push to the profefe server at this URL")
      ->type_name("URL")
      ->check(refuse_empty)
      ->group("Where profiles go");
  add_where_flags(*capture, *flags);
  capture->footer(
      std::string(k_lines) +
      "Files are named profile-<type>-<namespace>_<pod>-<unix time>.pb.gz; "
      "open "
      "one with\n`go tool pprof FILE`.\n\nExamples:\n"
      "  kubectl profefe capture -n shop                 every annotated pod\n"
      "  kubectl profefe capture api-7d9f --profiles cpu --seconds 10\n"
      "  kubectl profefe capture -A --profefe-hostport http://profefe:10100\n"
      "  kubectl get pods -o json | kubectl profefe capture -f -\n\n" +
      list_exit_codes(
          {.ok = "all profiles were stored, or skipped where there is none",
           .failed = "failed, or nothing to profile; not one was stored",
           .partial = "some profiles were stored, others failed",
           .interrupted = k_interrupted}));
  capture->callback([flags, folder, &chosen] {
    if (folder->count() == 0 && flags->profefe_hostport.empty()) {
      flags->output_dir = "/tmp";
    }
    chosen = [flags](const Context& context) {
      return run_capture(context, *flags, NoTargets::is_failure);
    };
  });
}

void add_collect(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<CaptureFlags>();
  flags->output = "lines";
  flags->profefe_hostport = "http://localhost:10100";
  flags->delivery_patience = "1m";
  flags->pods.cluster.choice.order = kube::ConfigOrder::in_cluster_first;
  CLI::App* collect = app.add_subcommand(
      "collect",
      "One round in the cluster, then exit: what the CronJob runs; the same "
      "as calling the program kprofefe");
  add_pod_flags(*collect, flags->pods);
  add_capture_flags(*collect, *flags);
  collect
      ->add_option("--profefe-hostport", flags->profefe_hostport,
                   "Push to the profefe server at this URL")
      ->type_name("URL")
      ->check(refuse_empty)
      ->group("Where profiles go")
      ->capture_default_str();
  collect
      ->add_option("--output-dir", flags->output_dir,
                   "Write files into this folder, too")
      ->type_name("DIR")
      ->check(refuse_empty)
      ->group("Where profiles go");
  add_where_flags(*collect, *flags);
  collect->footer(
      std::string(k_lines) +
      list_exit_codes(
          {.ok = "all profiles were stored or skipped, or no pod asks for it",
           .failed = "failed; not one profile was stored",
           .partial = "some profiles were stored, others failed",
           .interrupted = k_interrupted}));
  // kube-profefe sent its own traces somewhere; manifests still say where.
  const auto ignored = std::make_shared<std::vector<std::string>>(2);
  collect->add_option("--tracer", ignored->at(0))->group("");
  collect->add_option("--tracer.jaeger-address", ignored->at(1))->group("");
  collect->callback([flags, ignored, &chosen] {
    chosen = [flags, ignored](const Context& context) {
      if (!ignored->at(0).empty() || !ignored->at(1).empty()) {
        print_note(context.streams,
                   "--tracer does nothing: this collector sends no traces");
      }
      return run_capture(context, *flags, NoTargets::is_fine);
    };
  });
}

}  // namespace kprofefe::cmd
