// SPDX-License-Identifier: MIT
#include "async/shared_run.hpp"

#include "async/event.hpp"

namespace kprofefe::async {

struct SharedRun::Run {
  Event over;
  Result<void> outcome;
};

Task<Result<void>> SharedRun::join(std::function<Task<Result<void>>()> work) {
  if (run_) {
    const std::shared_ptr<Run> other = run_;
    co_await other->over.wait();
    co_return other->outcome;
  }
  const auto run = std::make_shared<Run>();
  run_ = run;
  run->outcome = co_await work();
  run_.reset();
  run->over.set();
  co_return run->outcome;
}

}  // namespace kprofefe::async
