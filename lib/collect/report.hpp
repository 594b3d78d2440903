// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "collect/target.hpp"
#include "pprof/kind.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::collect {

enum class Outcome {
  stored,       ///< every sink has it
  skipped,      ///< the pod has no such profile, or it is empty
  failed,       ///< it could not be fetched, or a sink could not take it
  interrupted,  ///< the user ended the round before it was fetched
};

/// Why a profile is skipped.
enum class Absence : std::uint8_t {
  none,         ///< it is not
  not_offered,  ///< the pod has no such endpoint (404)
  no_samples,   ///< it is empty
};

/// The outcome of one profile of one target.
struct Row {
  pprof::ProfileKind kind;
  Outcome outcome = Outcome::interrupted;
  std::string reason;  ///< why it is not stored; empty when it is
  Absence absence = Absence::none;
  std::size_t bytes = 0;                 ///< of the body as it was received
  std::chrono::milliseconds duration{};  ///< of the fetch
  std::vector<std::string> locations;    ///< paths and URLs, one per sink
};

/// One target with a row per profile, in the order the user asked for them.
struct TargetReport {
  Target target;
  std::string_view via;  ///< the route: `pod-ip`, `port-forward`, `proxy`
  std::string address;   ///< of the pod, by which it was asked; may be empty
  std::string fallback_reason;  ///< why not the first choice; empty when it is
  std::vector<Row> rows;
};

struct Summary {
  std::size_t stored = 0;
  std::size_t skipped = 0;
  std::size_t failed = 0;
  std::size_t interrupted = 0;
  /// Rows among those not stored that at least one of several sinks has.
  std::size_t kept_somewhere = 0;

  /// Counts the rows of a target.
  void add(const TargetReport& target);
  /// Counts a pod that is no target, once.
  void add(const NotTarget& pod);
};

/// What a round did, as plain data; in the order of the targets, however they
/// ended.
struct Report {
  SystemTime started;
  std::vector<TargetReport> targets;
  /// Annotated pods that could not be profiled.
  std::vector<NotTarget> not_targets;
};

/// What a pod that is no target counts as: one that is misconfigured, or that
/// the user named, as failed, another that is not ready as skipped.
Outcome outcome_of(const NotTarget& pod);

/// Counts the whole report.
Summary summarize(const Report& report);

/// `stored`, `skipped`, `failed`, `interrupted`.
std::string_view outcome_name(Outcome outcome);

}  // namespace kprofefe::collect
