// SPDX-License-Identifier: MIT
#include "cmd/capture_flags.hpp"

#include "cmd/target_flags.hpp"

#include "base/byte_size.hpp"
#include "base/duration.hpp"
#include "base/memory_limit.hpp"
#include "base/number.hpp"
#include "cli/help.hpp"
#include "pprof/kind.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::cmd {
namespace {

/// Ten minutes: longer than any pprof endpoint samples in earnest.
constexpr int k_max_seconds = 600;
constexpr std::size_t k_max_concurrency = 100'000;

std::string join_kinds(std::span<const pprof::ProfileKind> kinds) {
  std::vector<std::string_view> names;
  std::ranges::transform(kinds, std::back_inserter(names), pprof::kind_name);
  return fmt::format("{}", fmt::join(names, ","));
}

/// A flag that is repeated adds to the list.
Result<std::vector<pprof::ProfileKind>> read_kinds(
    const std::vector<std::string>& lists) {
  return pprof::parse_kinds(fmt::format("{}", fmt::join(lists, ",")));
}

void add_seconds_flag(cli::FlagGroup& group, CaptureFlags& flags) {
  const auto read = [](std::string_view text) -> Result<std::chrono::seconds> {
    TRY_ASSIGN(const int count, parse_number_within(text, 1, k_max_seconds));
    return std::chrono::seconds(count);
  };
  group
      .parsed("--seconds", flags.seconds, read, "N",
              "Seconds to sample a CPU profile (and a trace, if given)")
      ->default_str(fmt::format("{}", flags.how.plan.cpu_time.count()));
}

void add_timeout_flag(cli::FlagGroup& group, CaptureFlags& flags) {
  group.duration("--timeout", flags.how.plan.slack,
                 "Time limit for a response, on top of the sampling time");
}

void add_connection_flags(cli::FlagGroup& group, CaptureFlags& flags) {
  group.duration("--connect-timeout", flags.how.fetch.connect_timeout,
                 "Time limit for connecting to a pod");
  group.number("--concurrency", flags.how.concurrency,
               {.least = 1, .most = k_max_concurrency}, "N",
               "Pods to profile at the same time");
  group.flag("--allow-local-pod-ips", flags.target.allow_local_ips,
             "In the cluster, also connect to a pod whose status names a "
             "loopback, link-local, multicast or metadata address");
}

void add_memory_flags(cli::FlagGroup& group, CaptureFlags& flags) {
  group.parsed("--memory", flags.memory, parse_bytes, "SIZE",
               "Memory for data from all pods at the same "
               "time; other pods wait (default: 64MiB, or two fifths of the "
               "container's memory limit if that is less)");
  group.parsed("--max-profile-size", flags.max_profile_size, parse_bytes,
               "SIZE", "Refuse larger profiles (default: half of --memory)");
  group.size("--min-rate", flags.how.fetch.min_rate,
             "Abandon a pod that sends less per second while others wait for "
             "the memory it uses");
}

/// What a profile may do to the server that it is passed on to.
void add_check_flags(cli::FlagGroup& group, pprof::CheckLimits& limits) {
  group.size("--max-inflated-size", limits.max_inflated_bytes,
             "Refuse profiles that decompress to more");
  group.size("--max-parsed-size", limits.max_parsed_bytes,
             "Refuse profiles that a server would need more memory to "
             "parse, as estimated from their samples, labels and strings");
}

}  // namespace

void add_kind_flag(CLI::App& app, CaptureFlags& flags) {
  flags.how.plan.kinds.assign(pprof::k_default_kinds.begin(),
                              pprof::k_default_kinds.end());
  cli::FlagGroup(app, "Fetching")
      .parsed_list("--profiles,--profile-type", flags.how.plan.kinds,
                   read_kinds, "LIST",
                   "Profiles to fetch; also trace, or all; may be repeated")
      ->default_str(join_kinds(pprof::k_default_kinds));
}

void add_fetch_flags(CLI::App& app, CaptureFlags& flags,
                     cli::ScopedFlags* scoped) {
  cli::FlagGroup group(app, "Fetching", scoped, &k_fetches_from_pods);
  add_seconds_flag(group, flags);
  add_route_flags(app, flags, scoped);
}

void add_route_flags(CLI::App& app, CaptureFlags& flags,
                     cli::ScopedFlags* scoped) {
  cli::FlagGroup group(app, "Fetching", scoped, &k_fetches_from_pods);
  add_timeout_flag(group, flags);
  group
      .parsed("--via", flags.how.route, collect::parse_route_choice, "ROUTE",
              "pod-ip: straight to the pod; port-forward: through the API "
              "server to the pod's 127.0.0.1, with get and create on "
              "pods/portforward; proxy: through the API server, with get on "
              "pods/proxy; auto: in the cluster pod-ip, then port-forward; "
              "outside port-forward, then proxy; with -f pod-ip, unless a flag "
              "selects a cluster")
      ->default_str("auto");
  add_limit_flags(app, flags, scoped);
  add_target_flags(app, flags.target, scoped);
}

void add_limit_flags(CLI::App& app, CaptureFlags& flags,
                     cli::ScopedFlags* scoped, bool is_shown) {
  cli::FlagGroup group(app, is_shown ? "Fetch limits" : cli::k_shared_group,
                       scoped, &k_fetches_from_pods);
  add_connection_flags(group, flags);
  add_memory_flags(group, flags);
  add_check_flags(group, flags.how.fetch.check_limits);
}

void add_delivery_flags(CLI::App& app, collect::DeliveryRequest& request,
                        std::string_view patience) {
  cli::FlagGroup group(app, "Delivery");
  group
      .parsed("--delivery-patience", request.patience, parse_duration,
              "DURATION",
              "Total time to wait for a profefe server that is "
              "unavailable; 0: do not wait")
      ->default_str(std::string(patience));
  group.flag("--fsync", request.fsync,
             "Count a profile as stored only after its file and directory are "
             "synced to disk (fsync)");
}

Result<collect::CaptureRequest> complete(const CaptureFlags& flags,
                                         const Env& env) {
  collect::CaptureRequest request = flags.how;
  if (flags.seconds) {
    request.plan.cpu_time = *flags.seconds;
    request.plan.trace_time = *flags.seconds;
  }
  TRY(collect::divide_memory(request,
                             {.total = flags.memory,
                              .largest_profile = flags.max_profile_size,
                              .limit = memory_limit()}));
  TRY_ASSIGN(request.access, collect::read_target_access(flags.target, env));
  request.cluster = flags.pods.cluster;
  TRY_ASSIGN(request.pods, complete(flags.pods));
  return request;
}

}  // namespace kprofefe::cmd
