// SPDX-License-Identifier: MIT
#include "collect/capture.hpp"

#include "cmd/capture_flags.hpp"
#include "cmd/command.hpp"
#include "cmd/command_session.hpp"
#include "cmd/round_output.hpp"
#include "cmd/round_progress.hpp"
#include "cmd/server_flags.hpp"

#include "cli/help.hpp"
#include "collect/delivery.hpp"
#include "profefe/hostport.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

constexpr std::string_view k_interrupted =
    "interrupted; profiles already fetched were delivered";
constexpr std::string_view k_lines =
    "-o lines prints a line for each stored profile, as kube-profefe "
    "does:\n"
    "`<path or URL> type=<type> namespace=<namespace> pod=<pod>`.\n\n";

/// What an empty selection means to the one who asked.
enum class NoTargets { is_failure, is_fine };

/// The flags of capture and collect.
struct RoundFlags {
  CaptureFlags capture;
  collect::DeliveryRequest delivery;
  std::string authorization;  ///< of the profefe server
  report::Format format = report::Format::table;
  NoTargets no_targets = NoTargets::is_failure;
};

/// One run of capture or collect, from the request to the exit code.
class RoundRun {
 public:
  RoundRun(const Context& context, const RoundFlags& flags,
           collect::CaptureRequest request)
      : context_(context),
        flags_(flags),
        request_(std::move(request)),
        session_(context),
        capture_(session_.get(), &request_) {
    // Who waits for room may wait for profiles that wait for their delivery.
    request_.fetch.max_wait_for_budget += flags.delivery.patience;
  }

  Result<ExitCode> run() {
    TRY_ASSIGN(delivery_,
               session_->run(collect::Delivery::open(
                   &flags_.delivery, &request_.cluster, session_.get())));
    TRY_ASSIGN(collect::Selected selected, session_->run(capture_.select()));
    if (selected.targets.empty() && selected.not_targets.empty()) {
      const Error none = capture_.nothing_to_profile(selected.pods_seen);
      if (flags_.no_targets == NoTargets::is_failure) {
        return std::unexpected(none);
      }
      print_note(context_.streams, none.message);
    }
    if (!selected.targets.empty()) {
      TRY(session_->run(delivery_->check_server()));
    }
    return run_round(std::move(selected));
  }

 private:
  Result<ExitCode> run_round(collect::Selected selected) {
    const std::size_t targets = selected.targets.size();
    RoundOutput output(context_.streams, flags_.format,
                       {.started = context_.env.now(),
                        .seconds = request_.plan.cpu_time,
                        .targets = targets,
                        .colour = wants_colour(context_)});
    collect::Report rest;
    {
      RoundProgress progress(
          context_.streams, session_->loop(),
          {.pods = targets,
           .profiles = targets * request_.plan.kinds.size(),
           .sampling = collect::sampling_time(request_.plan)});
      rest = session_->run(capture_.run(
          delivery_->sinks(), std::move(selected),
          {.on_row = [&](const collect::Target&,
                         const collect::Row& row) { progress.count(row); },
           .on_target =
               [&](const collect::TargetReport& target) {
                 progress.count_pod();
                 output.add(target);
               }}));
    }
    TRY(output.finish(rest.not_targets));
    return exit_code(output);
  }

  ExitCode exit_code(const RoundOutput& output) {
    const collect::Summary& summary = output.summary();
    if (session_->is_stopped()) {
      return ExitCode::interrupted;
    }
    if (summary.failed == 0 && !capture_.has_list_failed()) {
      // Who says where to look, and is wrong, should know.
      return output.asked_in_vain() &&
                     flags_.no_targets == NoTargets::is_failure
                 ? ExitCode::failed
                 : ExitCode::ok;
    }
    const std::size_t kept = summary.stored + summary.kept_somewhere;
    return kept == 0 ? ExitCode::failed : ExitCode::partial;
  }

  const Context& context_;
  const RoundFlags& flags_;
  collect::CaptureRequest request_;
  CommandSession session_;
  std::unique_ptr<collect::Delivery> delivery_;
  collect::Capture capture_;
};

Result<ExitCode> run_round(const Context& context, RoundFlags& flags) {
  if (flags.delivery.profefe) {
    flags.delivery.profefe->authorization = flags.authorization;
  }
  TRY_ASSIGN(collect::CaptureRequest request,
             complete(flags.capture, context.env));
  RoundRun run(context, flags, std::move(request));
  return run.run();
}

/// Where profiles go, and what is said of them.
void add_output_flags(CLI::App& app, RoundFlags& flags, const char* dir_help,
                      const char* format) {
  cli::FlagGroup group(app, "Delivery");
  group
      .parsed("-o,--output", flags.format, report::parse_format, "FORMAT",
              "table, wide, json, name (one path or URL per line) or lines")
      ->default_str(format);
  group.text("--output-dir", flags.delivery.output_dir, "DIR", dir_help)
      ->check(cli::refuse_empty);
  group
      .parsed("--profefe-hostport", flags.delivery.profefe,
              profefe::parse_hostport, "ADDRESS",
              "Push to the profefe server at this URL, or at "
              "svc/NAME[.NAMESPACE][:PORT] of the cluster")
      ->check(cli::refuse_empty)
      ->default_str(
          flags.delivery.profefe ? std::string(profefe::k_default_server) : "");
  add_token_flag(group, flags.authorization);
}

}  // namespace

void add_capture(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<RoundFlags>();
  CLI::App* capture = app.add_subcommand(
      "capture", "Capture profiles now, into files or to a profefe server");
  add_pod_names(*capture, flags->capture.pods,
                "Pods by name; they need no annotation. Without names: every "
                "pod annotated profefe.com/enable: \"true\"");
  add_pod_flags(*capture, flags->capture.pods);
  add_kind_flag(*capture, flags->capture);
  add_fetch_flags(*capture, flags->capture);
  add_output_flags(
      *capture, *flags,
      "Write files to this directory (default: the current one, unless "
      "--profefe-hostport is given)",
      "table");
  add_delivery_flags(*capture, flags->delivery, "30s");
  capture->footer(
      std::string(k_lines) +
      "Files are named profile-<type>-<namespace>_<pod>-<unix time>.pb.gz; "
      "open one\nwith `go tool pprof FILE`.\n\nExamples:\n"
      "  kubectl profefe capture -n shop                 every annotated pod\n"
      "  kubectl profefe capture api-7d9f --profiles cpu --seconds 10\n"
      "  kubectl profefe capture -A --profefe-hostport http://profefe:10100\n"
      "  kubectl get pods -o json | kubectl profefe capture -f -\n\n" +
      list_exit_codes(
          {.ok = "all profiles were stored, or skipped because there were none",
           .failed = "failed, or nothing to profile; no profile was stored",
           .partial = "some profiles were stored, others failed",
           .interrupted = k_interrupted}) +
      cli::point_to_options(app, k_all_shared));
  when_named(*capture, chosen, [flags](const Context& context) {
    if (flags->delivery.output_dir.empty() && !flags->delivery.profefe) {
      flags->delivery.output_dir = ".";
    }
    return run_round(context, *flags);
  });
}

void add_collect(CLI::App& app, Chosen& chosen) {
  const auto flags = std::make_shared<RoundFlags>();
  flags->format = report::Format::lines;
  flags->no_targets = NoTargets::is_fine;
  flags->delivery.profefe = profefe::default_server();
  flags->delivery.patience = std::chrono::minutes(1);
  flags->capture.pods.cluster.choice.order =
      kube::ConfigOrder::in_cluster_first;
  flags->capture.pods.pods.selection.only_annotated = true;
  CLI::App* collect = app.add_subcommand(
      "collect",
      "Run one round in the cluster and exit, as the CronJob does; the same "
      "as running kprofefe");
  add_pod_flags(*collect, flags->capture.pods);
  add_kind_flag(*collect, flags->capture);
  add_fetch_flags(*collect, flags->capture);
  add_output_flags(*collect, *flags, "Also write files to this directory",
                   "lines");
  add_delivery_flags(*collect, flags->delivery, "1m");
  collect->footer(
      std::string(k_lines) +
      list_exit_codes(
          {.ok = "all profiles were stored or skipped, or no pod is annotated",
           .failed = "failed; no profile was stored",
           .partial = "some profiles were stored, others failed",
           .interrupted = k_interrupted}) +
      cli::point_to_options(app, k_all_shared));
  // kube-profefe sent its own traces somewhere; manifests still say where.
  const auto ignored = std::make_shared<std::array<std::string, 2>>();
  collect->add_option("--tracer", ignored->at(0))->group("");
  collect->add_option("--tracer.jaeger-address", ignored->at(1))->group("");
  when_named(*collect, chosen, [flags, ignored](const Context& context) {
    if (!ignored->at(0).empty() || !ignored->at(1).empty()) {
      print_note(context.streams,
                 "--tracer has no effect: this collector sends no traces");
    }
    return run_round(context, *flags);
  });
}

}  // namespace kprofefe::cmd
