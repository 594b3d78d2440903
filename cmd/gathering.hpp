// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/profile_sources.hpp"
#include "cmd/source_word.hpp"

#include "base/result.hpp"
#include "pprof/merge.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::cmd {

/// Adds up profiles as they come, one in memory at a time.
class Gathering {
 public:
  /// The text of the source is for errors and titles: a path, a URL,
  /// `pod/api-0`. Errors: malformed, also for a runtime trace, and usage when
  /// the profile measures something else than those before it.
  Result<void> add(std::string_view bytes, const SourceWord& source);

  /// Something was missed.
  void miss() { is_incomplete_ = true; }

  [[nodiscard]] std::size_t size() const { return names_.size(); }

  /// Errors: not_found, when nothing was added.
  Result<Gathered> finish();

 private:
  pprof::Combiner combiner_;
  std::vector<std::string> names_;
  bool is_incomplete_ = false;
};

}  // namespace kprofefe::cmd
