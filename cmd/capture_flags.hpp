// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/pod_flags.hpp"
#include "cmd/report_format.hpp"
#include "cmd/target_flags.hpp"

#include "base/duration.hpp"
#include "base/result.hpp"
#include "collect/round.hpp"

#include <cstddef>
#include <optional>
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
  std::string max_profile_size;  ///< empty: half of the memory
  std::string memory;            ///< empty: see default_memory()
  std::string min_rate = "64KiB";
  std::string max_inflated_size = "128MiB";
  std::string max_parsed_size = "512MiB";
  std::string delivery_patience = "30s";
  std::string via = "auto";
  std::string output_dir;  ///< empty: no files
  bool fsync = false;
  std::string profefe_hostport;  ///< empty: no profefe
  std::string output = "table";
};

/// How profiles are fetched, with every flag understood.
struct CaptureOptions {
  collect::PlanOptions plan;
  collect::FetchOptions fetch;
  std::size_t concurrency = collect::k_concurrency;
  /// For everything that pods send, at the same time.
  std::size_t memory = 0;
  Milliseconds delivery_patience{};
  std::string via;
  std::string output_dir;
  bool fsync = false;
  std::string profefe_hostport;
  ReportFormat format = ReportFormat::table;
};

/// What pods may take of memory when nobody says it: less where the control
/// group of this process has little (nothing: it has no limit).
std::size_t default_memory(std::optional<std::size_t> limit);

/// Adds the flags that say what to fetch and how.
void add_capture_flags(CLI::App& app, CaptureFlags& flags);

/// The same without --profiles, for commands that fetch one type.
void add_fetch_flags(CLI::App& app, CaptureFlags& flags);

/// Adds those that say how files are written.
void add_file_flags(CLI::App& app, CaptureFlags& flags);

/// Flags → options. Errors: usage, naming the flag.
Result<CaptureOptions> validate(const CaptureFlags& flags);

}  // namespace kprofefe::cmd
