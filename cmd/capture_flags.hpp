// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/pod_flags.hpp"
#include "cmd/report_format.hpp"
#include "cmd/target_flags.hpp"

#include "base/result.hpp"
#include "collect/round.hpp"

#include <string>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace kprofefe::cmd {

/// The heading of the flags that say how to fetch, in `--help`.
inline constexpr const char* k_fetch_group = "How to fetch";

/// The flags of capture and collect as they were typed.
struct CaptureFlags {
  PodFlags pods;
  TargetFlags target;
  std::string profiles = "cpu,heap,allocs,block,mutex,goroutine,threadcreate";
  int seconds = 30;
  bool seconds_given = false;
  std::string timeout = "15s";
  std::string connect_timeout = "5s";
  std::size_t concurrency = collect::k_concurrency;
  std::string max_profile_size = "64MiB";
  std::string via = "auto";
  std::string output_dir;        ///< empty: no files
  std::string profefe_hostport;  ///< empty: no profefe
  std::string output = "table";
};

/// How profiles are fetched, with every flag understood.
struct CaptureOptions {
  collect::PlanOptions plan;
  collect::FetchOptions fetch;
  std::size_t concurrency = collect::k_concurrency;
  std::string via;
  std::string output_dir;
  std::string profefe_hostport;
  ReportFormat format = ReportFormat::table;
};

/// Adds the flags that say what to fetch and how.
void add_capture_flags(CLI::App& app, CaptureFlags& flags);

/// The same without --profiles, for commands that fetch one type.
void add_fetch_flags(CLI::App& app, CaptureFlags& flags);

/// Flags → options. Errors: usage, naming the flag.
Result<CaptureOptions> validate(const CaptureFlags& flags);

}  // namespace kprofefe::cmd
