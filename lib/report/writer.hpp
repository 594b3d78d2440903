// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "collect/report.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace kprofefe::report {

/// What is known of a report before its first row.
struct Head {
  SystemTime started;
  std::chrono::seconds seconds{30};  ///< of a CPU profile
  std::size_t targets = 0;
  bool colour = false;
};

/// Writes a round's results in one format, as they come: what has ended is
/// out, whatever becomes of the rest. Only a table, whose columns are as wide
/// as their widest cell, is kept until finish().
class Writer {
 public:
  /// Takes text, of whole lines.
  using Out = std::function<void(std::string_view)>;

  Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  virtual ~Writer() = default;

  /// One target, in the order of the report.
  virtual void add(const collect::TargetReport& target) = 0;

  /// What comes behind the last target.
  virtual void finish(const std::vector<collect::NotTarget>& not_targets,
                      const collect::Summary& summary) = 0;
};

}  // namespace kprofefe::report
