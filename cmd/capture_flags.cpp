// SPDX-License-Identifier: MIT
#include "cmd/capture_flags.hpp"

#include "base/memory_limit.hpp"
#include "pprof/kind.hpp"
#include "term/units.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace kprofefe::cmd {
namespace {

/// Ten minutes: longer than any pprof endpoint samples in earnest.
constexpr int k_max_seconds = 600;

template <typename T>
Result<T> of_flag(std::string_view flag, Result<T> value) {
  if (!value) {
    return std::unexpected(value.error().with_context(flag));
  }
  return value;
}

Result<Milliseconds> positive_duration(std::string_view flag,
                                       std::string_view text) {
  TRY_ASSIGN(const Milliseconds duration, of_flag(flag, parse_duration(text)));
  if (duration.count() <= 0) {
    return fail(ErrorKind::usage,
                fmt::format("{}: \"{}\" must be greater than 0", flag, text));
  }
  return duration;
}

/// What a profile may do to the server that it is passed on to.
void add_check_flags(CLI::App& app, CaptureFlags& flags) {
  app.add_option("--max-inflated-size", flags.max_inflated_size,
                 "A profile that decompresses to more is refused")
      ->type_name("SIZE")
      ->group(k_fetch_group)
      ->capture_default_str();
  app.add_option("--max-parsed-size", flags.max_parsed_size,
                 "A profile is refused when a server would need more memory to "
                 "parse it, by what its samples, labels and strings take")
      ->type_name("SIZE")
      ->group(k_fetch_group)
      ->capture_default_str();
}

Result<void> validate_check(const CaptureFlags& flags,
                            pprof::CheckLimits& limits) {
  const auto size = [](std::string_view flag, std::string_view text) {
    return of_flag(flag, term::parse_bytes(text));
  };
  TRY_ASSIGN(limits.max_inflated_bytes,
             size("--max-inflated-size", flags.max_inflated_size));
  TRY_ASSIGN(limits.max_parsed_bytes,
             size("--max-parsed-size", flags.max_parsed_size));
  return {};
}

void add_memory_flags(CLI::App& app, CaptureFlags& flags) {
  const std::string how = k_fetch_group;
  app.add_option("--memory", flags.memory,
                 "What pods send may take so much memory at the same time; "
                 "others wait (default: 64MiB, or two fifths of the "
                 "container's memory limit where that is less)")
      ->type_name("SIZE")
      ->group(how);
  app.add_option("--max-profile-size", flags.max_profile_size,
                 "A larger profile is refused (default: half of --memory)")
      ->type_name("SIZE")
      ->group(how);
  app.add_option("--min-rate", flags.min_rate,
                 "A pod that sends less a second while others wait for the "
                 "memory it has is given up")
      ->type_name("SIZE")
      ->group(how)
      ->capture_default_str();
}

/// Half of the memory is for the largest profile, the other for all others.
Result<void> validate_memory(const CaptureFlags& flags,
                             CaptureOptions& options) {
  options.memory = default_memory(memory_limit());
  if (!flags.memory.empty()) {
    TRY_ASSIGN(options.memory,
               of_flag("--memory", term::parse_bytes(flags.memory)));
  }
  std::size_t& largest = options.fetch.max_body_bytes;
  largest = options.memory / 2;
  if (!flags.max_profile_size.empty()) {
    TRY_ASSIGN(largest, of_flag("--max-profile-size",
                                term::parse_bytes(flags.max_profile_size)));
    if (flags.memory.empty()) {
      options.memory = std::max(options.memory, 2 * largest);
    }
  }
  if (largest > options.memory / 2) {
    return fail(ErrorKind::usage,
                fmt::format("--max-profile-size {} is more than half of "
                            "--memory {}",
                            flags.max_profile_size, flags.memory));
  }
  TRY_ASSIGN(options.fetch.min_rate,
             of_flag("--min-rate", term::parse_bytes(flags.min_rate)));
  return {};
}

void add_address_flags(CLI::App& app, CaptureFlags& flags) {
  app.add_flag("--allow-local-pod-ips", flags.target.allow_local_ips,
               "In the cluster, connect also to a pod whose status names a "
               "loopback, link-local, multicast or metadata address")
      ->group(k_fetch_group);
}

}  // namespace

std::size_t default_memory(std::optional<std::size_t> limit) {
  constexpr std::size_t k_enough = std::size_t{64} << 20;
  // The rest is the program's own, its connections' and the report's.
  return limit ? std::min(k_enough, *limit / 5 * 2) : k_enough;
}

void add_capture_flags(CLI::App& app, CaptureFlags& flags) {
  app.add_option("--profiles", flags.profiles,
                 "What to fetch; also trace, or all")
      ->type_name("LIST")
      ->group(k_fetch_group)
      ->capture_default_str();
  add_fetch_flags(app, flags);
  app.add_option("--delivery-patience", flags.delivery_patience,
                 "How long the round waits in all for a profefe server that "
                 "is away; 0: not at all")
      ->type_name("DURATION")
      ->group("Where profiles go")
      ->capture_default_str();
}

void add_fetch_flags(CLI::App& app, CaptureFlags& flags) {
  const std::string how = k_fetch_group;
  app.add_option("--seconds", flags.seconds,
                 "How long a CPU profile samples (and a trace, when given)")
      ->type_name("N")
      ->group(how)
      ->capture_default_str()
      ->check(CLI::Range(1, k_max_seconds))
      ->each([&flags](const std::string&) { flags.seconds_given = true; });
  app.add_option("--timeout", flags.timeout,
                 "How long an answer may take beyond its sampling time")
      ->type_name("DURATION")
      ->group(how)
      ->capture_default_str();
  app.add_option("--connect-timeout", flags.connect_timeout,
                 "How long a connection to a pod may take")
      ->type_name("DURATION")
      ->group(how)
      ->capture_default_str();
  app.add_option("--concurrency", flags.concurrency,
                 "Pods to profile at the same time")
      ->type_name("N")
      ->group(how)
      ->capture_default_str()
      ->check(CLI::Range(1, 100000));
  add_memory_flags(app, flags);
  add_check_flags(app, flags);
  app.add_option("--via", flags.via,
                 "pod-ip: straight to the pod; port-forward: through the API "
                 "server to the pod's 127.0.0.1, with get and create on "
                 "pods/portforward; proxy: through the API server, with get "
                 "on pods/proxy; auto: in the cluster pod-ip, then "
                 "port-forward; outside port-forward, then proxy; with -f and "
                 "no word of a cluster pod-ip")
      ->type_name("ROUTE")
      ->group(how)
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "pod-ip", "port-forward", "proxy"}));
  add_address_flags(app, flags);
  add_target_flags(app, flags.target);
}

Result<CaptureOptions> validate(const CaptureFlags& flags) {
  CaptureOptions options{.concurrency = flags.concurrency,
                         .via = flags.via,
                         .output_dir = flags.output_dir,
                         .fsync = flags.fsync,
                         .profefe_hostport = flags.profefe_hostport};
  TRY_ASSIGN(options.format, parse_report_format(flags.output));
  TRY_ASSIGN(options.plan.kinds,
             of_flag("--profiles", pprof::parse_kinds(flags.profiles)));
  options.plan.cpu_time = std::chrono::seconds(flags.seconds);
  if (flags.seconds_given) {
    options.plan.trace_time = options.plan.cpu_time;
  }
  TRY_ASSIGN(options.plan.slack, positive_duration("--timeout", flags.timeout));
  TRY_ASSIGN(options.fetch.connect_timeout,
             positive_duration("--connect-timeout", flags.connect_timeout));
  TRY(validate_memory(flags, options));
  TRY(validate_check(flags, options.fetch.check_limits));
  TRY_ASSIGN(
      options.delivery_patience,
      of_flag("--delivery-patience", parse_duration(flags.delivery_patience)));
  // Who waits for room may wait for profiles that wait for their delivery.
  options.fetch.max_wait_for_budget += options.delivery_patience;
  return options;
}

void add_file_flags(CLI::App& app, CaptureFlags& flags) {
  app.add_flag("--fsync", flags.fsync,
               "Count a profile as stored only when its file and its name are "
               "on the disk (fsync)")
      ->group("Where profiles go");
}

}  // namespace kprofefe::cmd
