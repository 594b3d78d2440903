// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"

#include <functional>
#include <memory>

namespace kprofefe::async {

/// Work that is done once for all who want it at the same time: the first one
/// does it, the others wait and share what came of it. Must outlive its tasks.
class SharedRun {
 public:
  /// What `work` came to, or the run of it that is under way.
  Task<Result<void>> join(std::function<Task<Result<void>>()> work);

 private:
  struct Run;
  std::shared_ptr<Run> run_;  ///< null: none is under way
};

}  // namespace kprofefe::async
