// SPDX-License-Identifier: MIT
#include "cmd/capture_flags.hpp"
#include "cmd/command.hpp"
#include "cmd/round_progress.hpp"
#include "cmd/user_agent.hpp"

#include "async/byte_budget.hpp"
#include "async/interrupt.hpp"
#include "async/loop.hpp"
#include "collect/directory_sink.hpp"
#include "collect/profefe_sink.hpp"
#include "collect/round.hpp"
#include "http/client.hpp"
#include "profefe/client.hpp"
#include "profefe/hostport.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

/// Bytes of profiles in memory at the same time; pods wait when it is spent.
constexpr std::size_t k_byte_budget = std::size_t{24} << 20;

/// What an empty selection means to the one who asked.
enum class NoTargets { is_failure, is_fine };

/// One run of capture or collect, from validated options to the exit code.
class Capture {
 public:
  Capture(const Context& context, const CaptureFlags& flags,
          CaptureOptions options)
      : context_(context), flags_(flags), options_(std::move(options)) {}

  Result<ExitCode> run(NoTargets no_targets,
                       std::optional<std::vector<kube::Pod>> listed) {
    TRY(open_sinks());
    TRY_ASSIGN(PodSource source,
               PodSource::open(flags_.pods, std::move(listed), context_,
                               &client_, interrupt_.token()));
    TRY_ASSIGN(const std::unique_ptr<collect::Route> route,
               choose_route(source));
    TRY_ASSIGN(collect::Selected selected,
               loop_.run(source.select({.needs_ip = route->needs_ip()})));
    if (selected.targets.empty() && selected.not_targets.empty()) {
      const Error none = nothing_to_profile(source, selected.pods_seen);
      if (no_targets == NoTargets::is_failure) {
        return std::unexpected(none);
      }
      print_note(context_.streams, none.message);
    }
    note_unannotated(selected);
    TRY(check_profefe());
    return print(run_round(*route, std::move(selected)));
  }

 private:
  Result<void> open_sinks() {
    if (!options_.output_dir.empty()) {
      TRY_ASSIGN(auto sink, collect::open_directory_sink(options_.output_dir));
      sinks_.push_back(std::move(sink));
    }
    if (!options_.profefe_hostport.empty()) {
      TRY_ASSIGN(const http::Url url,
                 profefe::parse_hostport(options_.profefe_hostport));
      profefe_.emplace(&client_, url, profefe::Options{});
      sinks_.push_back(collect::profefe_sink(&*profefe_));
    }
    return {};
  }

  /// Better no profile than thirty seconds of sampling for a server that is
  /// not there. What it answers does not matter yet.
  Result<void> check_profefe() {
    if (!profefe_) {
      return {};
    }
    const Result<profefe::ServerVersion> version =
        loop_.run(profefe_->version());
    if (version || (version.error().kind != ErrorKind::unreachable &&
                    version.error().kind != ErrorKind::timeout)) {
      return {};
    }
    return std::unexpected(version.error());
  }

  Result<std::unique_ptr<collect::Route>> choose_route(
      const PodSource& source) {
    const bool direct = source.api() == nullptr || source.in_cluster();
    if (options_.via == "pod-ip" || (options_.via == "auto" && direct)) {
      return collect::pod_ip_route(&client_);
    }
    if (source.api() == nullptr) {
      return fail(ErrorKind::usage,
                  "--via proxy needs an API server, and with -f there is none");
    }
    return collect::proxy_route(source.api());
  }

  static Error nothing_to_profile(const PodSource& source, std::size_t seen) {
    return {ErrorKind::not_found,
            fmt::format("nothing to profile: {} running pods in {}, none with "
                        "the annotation profefe.com/enable: \"true\"; "
                        "`targets` says why for each",
                        seen, source.scope())};
  }

  /// Who names a pod that did not ask for it should know.
  void note_unannotated(const collect::Selected& selected) {
    for (const collect::Target& target : selected.targets) {
      if (!target.enabled) {
        print_note(context_.streams,
                   fmt::format("pod/{} is captured because it is named; it is "
                               "not annotated profefe.com/enable: \"true\"",
                               target.pod));
      }
    }
  }

  collect::Report run_round(const collect::Route& route,
                            collect::Selected selected) {
    RoundProgress progress(
        context_.streams, selected.targets.size() * options_.plan.kinds.size());
    collect::RoundParts parts{.route = &route};
    for (const auto& sink : sinks_) {
      parts.sinks.push_back(sink.get());
    }
    collect::RoundOptions round{.plan = options_.plan,
                                .fetch = options_.fetch,
                                .concurrency = options_.concurrency,
                                .now = context_.env.now,
                                .on_row = progress.listener()};
    round.fetch.budget = &budget_;
    round.fetch.stop = interrupt_.token();
    collect::Report report = loop_.run(collect::run_round(
        std::move(parts), std::move(round), std::move(selected.targets)));
    report.not_targets = std::move(selected.not_targets);
    return report;
  }

  Result<ExitCode> print(const collect::Report& report) {
    const RenderOptions render{.colour = wants_colour(context_),
                               .max_columns = context_.streams.out_is_terminal
                                                  ? context_.streams.columns
                                                  : 0,
                               .seconds = options_.plan.cpu_time};
    TRY(print_results(context_.streams,
                      render_report(report, options_.format, render)));
    print_to_err(report);
    const collect::Summary summary = collect::summarize(report);
    if (interrupt_.token().stop_requested()) {
      return ExitCode::interrupted;
    }
    if (summary.failed == 0) {
      return ExitCode::ok;
    }
    return summary.stored == 0 ? ExitCode::failed : ExitCode::partial;
  }

  void print_to_err(const collect::Report& report) {
    if (options_.format == ReportFormat::lines ||
        options_.format == ReportFormat::name) {
      context_.streams.err << render_problems(report);
    }
    context_.streams.err << render_summary(report) << std::endl;
  }

  const Context& context_;
  const CaptureFlags& flags_;
  CaptureOptions options_;
  async::Loop loop_;
  async::Interrupt interrupt_{loop_};
  async::ByteBudget budget_{k_byte_budget};
  http::Client client_{loop_, user_agent()};
  std::optional<profefe::Client> profefe_;
  std::vector<std::unique_ptr<collect::Sink>> sinks_;
};

ExitCode run_capture(const Context& context, const CaptureFlags& flags,
                     NoTargets no_targets) {
  Result<CaptureOptions> options = validate(flags);
  if (!options) {
    return print_error(context.streams, options.error());
  }
  auto listed = read_listed_pods(flags.pods);
  if (!listed) {
    return print_error(context.streams, listed.error());
  }
  Capture capture(context, flags, *std::move(options));
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
          ->group("Where profiles go");
  capture
      ->add_option("--profefe-hostport", flags->profefe_hostport,
                   "Push to the profefe server at this URL")
      ->type_name("URL")
      ->group("Where profiles go");
  add_where_flags(*capture, *flags);
  capture->footer(
      "Files are named profile-<type>-<namespace>_<pod>-<unix time>.pb.gz; "
      "open "
      "one with\n`go tool pprof FILE`.\n\nExamples:\n"
      "  kubectl profefe capture -n shop                 every annotated pod\n"
      "  kubectl profefe capture api-7d9f --profiles cpu --seconds 10\n"
      "  kubectl profefe capture -A --profefe-hostport http://profefe:10100\n"
      "  kubectl get pods -o json | kubectl profefe capture -f -");
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
  flags->pods.cluster.order = kube::ConfigOrder::in_cluster_first;
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
      ->group("Where profiles go")
      ->capture_default_str();
  collect
      ->add_option("--output-dir", flags->output_dir,
                   "Write files into this folder, too")
      ->type_name("DIR")
      ->group("Where profiles go");
  add_where_flags(*collect, *flags);
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
