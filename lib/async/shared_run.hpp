// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"

#include <functional>
#include <memory>

namespace kprofefe::async {

/// Work that is done once for all who want it at the same time: the first one
/// does it, the others wait and share its outcome. Must outlive its tasks.
class SharedRun {
 public:
  /// The outcome of `work`, or of the run that is in progress.
  Task<Result<void>> join(std::function<Task<Result<void>>()> work);

 private:
  struct Run;
  std::shared_ptr<Run> run_;  ///< null: none is under way
};

}  // namespace kprofefe::async
