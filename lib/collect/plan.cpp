// SPDX-License-Identifier: MIT
#include "collect/plan.hpp"

#include <fmt/format.h>

namespace kprofefe::collect {
namespace {

std::chrono::seconds sampling_time(pprof::ProfileKind kind,
                                   const PlanOptions& options) {
  if (!pprof::samples_over_time(kind)) {
    return std::chrono::seconds(0);
  }
  return kind == pprof::ProfileKind::trace ? options.trace_time
                                           : options.cpu_time;
}

/// The index is at the path itself, with a slash behind it.
std::string endpoint_of(pprof::ProfileKind kind, Form form) {
  if (form == Form::index) {
    return {};
  }
  std::string endpoint(pprof::endpoint_name(kind));
  return form == Form::goroutine_dump ? endpoint + "?debug=2" : endpoint;
}

Fetch plan_fetch(std::size_t row, const PlanOptions& options) {
  const pprof::ProfileKind kind = options.kinds[row];
  const std::chrono::seconds time = sampling_time(kind, options);
  Fetch fetch{.kind = kind,
              .row = row,
              .endpoint = endpoint_of(kind, options.form),
              .form = options.form,
              .sampling = time,
              .timeout = time + options.slack};
  if (time.count() > 0) {
    fetch.endpoint += fmt::format("?seconds={}", time.count());
  }
  return fetch;
}

}  // namespace

std::vector<Fetch> plan_fetches(const PlanOptions& options) {
  std::vector<Fetch> fetches;
  for (const bool sampling : {false, true}) {
    for (std::size_t row = 0; row < options.kinds.size(); ++row) {
      if (pprof::samples_over_time(options.kinds[row]) == sampling) {
        fetches.push_back(plan_fetch(row, options));
      }
    }
  }
  return fetches;
}

std::chrono::seconds sampling_time(const PlanOptions& options) {
  std::chrono::seconds time{0};
  for (const pprof::ProfileKind kind : options.kinds) {
    time += sampling_time(kind, options);
  }
  return time;
}

}  // namespace kprofefe::collect
