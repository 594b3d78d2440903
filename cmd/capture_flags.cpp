// SPDX-License-Identifier: MIT
#include "cmd/capture_flags.hpp"

#include "cmd/help.hpp"

#include "base/byte_size.hpp"
#include "base/duration.hpp"
#include "base/memory_limit.hpp"
#include "pprof/kind.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace kprofefe::cmd {
namespace {

/// Ten minutes: longer than any pprof endpoint samples in earnest.
constexpr int k_max_seconds = 600;

Result<Milliseconds> positive_duration(std::string_view text) {
  TRY_ASSIGN(const Milliseconds duration, parse_duration(text));
  if (duration.count() <= 0) {
    return fail(ErrorKind::usage,
                fmt::format("\"{}\" must be greater than 0", text));
  }
  return duration;
}

Result<std::vector<pprof::ProfileKind>> read_kinds(std::string_view text) {
  return pprof::parse_kinds(text);
}

void add_time_flags(FlagGroup& group, CaptureFlags& flags, CLI::App& app) {
  const auto take = [&flags](int seconds) {
    flags.seconds = std::chrono::seconds(seconds);
  };
  CLI::Option* const seconds = app.add_option_function<int>(
      "--seconds", take,
      "How long a CPU profile samples (and a trace, when given)");
  group.place(seconds->type_name("N")->default_str("30"))
      ->check(CLI::Range(1, k_max_seconds));
  group
      .parsed("--timeout", flags.how.plan.slack, positive_duration, "DURATION",
              "How long an answer may take beyond its sampling time")
      ->default_str("15s");
}

void add_connection_flags(FlagGroup& group, CaptureFlags& flags) {
  group
      .parsed("--connect-timeout", flags.how.fetch.connect_timeout,
              positive_duration, "DURATION",
              "How long a connection to a pod may take")
      ->default_str("5s");
  group
      .value("--concurrency", flags.how.concurrency, "N",
             "Pods to profile at the same time")
      ->capture_default_str()
      ->check(CLI::Range(1, 100000));
  group.flag("--allow-local-pod-ips", flags.target.allow_local_ips,
             "In the cluster, connect also to a pod whose status names a "
             "loopback, link-local, multicast or metadata address");
}

void add_memory_flags(FlagGroup& group, CaptureFlags& flags) {
  group.parsed("--memory", flags.memory, parse_bytes, "SIZE",
               "Memory for all data that is received from pods at the same "
               "time; further pods wait (default: 64MiB, or two fifths of the "
               "container's memory limit where that is less)");
  group.parsed("--max-profile-size", flags.max_profile_size, parse_bytes,
               "SIZE",
               "A larger profile is refused (default: half of --memory)");
  group
      .parsed("--min-rate", flags.how.fetch.min_rate, parse_bytes, "SIZE",
              "A pod that sends less a second while others wait for the memory "
              "it has is given up")
      ->default_str("64KiB");
}

/// What a profile may do to the server that it is passed on to.
void add_check_flags(FlagGroup& group, pprof::CheckLimits& limits) {
  group
      .parsed("--max-inflated-size", limits.max_inflated_bytes, parse_bytes,
              "SIZE", "A profile that decompresses to more is refused")
      ->default_str("128MiB");
  group
      .parsed("--max-parsed-size", limits.max_parsed_bytes, parse_bytes, "SIZE",
              "A profile is refused when a server would need more memory to "
              "parse it, by what its samples, labels and strings take")
      ->default_str("512MiB");
}

/// Half of the memory is for the largest profile, the other for all others.
Result<void> divide_memory(const CaptureFlags& flags,
                           collect::CaptureRequest& request) {
  const std::optional<std::size_t> largest = flags.max_profile_size;
  request.memory =
      flags.memory.value_or(collect::default_memory(memory_limit()));
  if (largest && !flags.memory) {
    request.memory = std::max(request.memory, 2 * *largest);
  }
  request.fetch.max_body_bytes = largest.value_or(request.memory / 2);
  if (request.fetch.max_body_bytes > request.memory / 2) {
    return fail(
        ErrorKind::usage,
        fmt::format("--max-profile-size {} is more than half of "
                    "--memory {}",
                    format_bytes(*largest), format_bytes(request.memory)));
  }
  return {};
}

}  // namespace

void add_kind_flag(CLI::App& app, CaptureFlags& flags) {
  flags.how.plan.kinds.assign(pprof::k_default_kinds.begin(),
                              pprof::k_default_kinds.end());
  FlagGroup(app, "Fetching")
      .parsed("--profiles", flags.how.plan.kinds, read_kinds, "LIST",
              "What to fetch; also trace, or all")
      ->default_str("cpu,heap,allocs,block,mutex,goroutine,threadcreate");
}

void add_fetch_flags(CLI::App& app, CaptureFlags& flags, ScopedFlags* scoped) {
  FlagGroup group(app, "Fetching", scoped, &k_fetches_from_pods);
  add_time_flags(group, flags, app);
  group
      .parsed("--via", flags.how.route, collect::parse_route_choice, "ROUTE",
              "pod-ip: straight to the pod; port-forward: through the API "
              "server to the pod's 127.0.0.1, with get and create on "
              "pods/portforward; proxy: through the API server, with get on "
              "pods/proxy; auto: in the cluster pod-ip, then port-forward; "
              "outside port-forward, then proxy; with -f and no flag that "
              "names a cluster pod-ip")
      ->default_str("auto");
  add_limit_flags(app, flags, scoped);
  add_target_flags(app, flags.target, scoped);
}

void add_limit_flags(CLI::App& app, CaptureFlags& flags, ScopedFlags* scoped,
                     bool is_shown) {
  FlagGroup group(app, is_shown ? "Limits of fetching" : k_shared_group, scoped,
                  &k_fetches_from_pods);
  add_connection_flags(group, flags);
  add_memory_flags(group, flags);
  add_check_flags(group, flags.how.fetch.check_limits);
}

void add_delivery_flags(CLI::App& app, collect::DeliveryRequest& request,
                        std::string_view patience) {
  FlagGroup group(app, "Delivery");
  group
      .parsed("--delivery-patience", request.patience, parse_duration,
              "DURATION",
              "How long the round waits in all for a profefe server that is "
              "away; 0: not at all")
      ->default_str(std::string(patience));
  group.flag("--fsync", request.fsync,
             "Count a profile as stored only when its file and its name are on "
             "the disk (fsync)");
}

Result<collect::CaptureRequest> complete(const CaptureFlags& flags,
                                         const Env& env) {
  collect::CaptureRequest request = flags.how;
  if (flags.seconds) {
    request.plan.cpu_time = *flags.seconds;
    request.plan.trace_time = *flags.seconds;
  }
  TRY(divide_memory(flags, request));
  TRY_ASSIGN(request.access, read_target_access(flags.target, env));
  request.cluster = flags.pods.cluster;
  TRY_ASSIGN(request.pods, complete(flags.pods));
  return request;
}

}  // namespace kprofefe::cmd
