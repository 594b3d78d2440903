// SPDX-License-Identifier: MIT
#pragma once

#include "async/mutex.hpp"
#include "async/task.hpp"
#include "async/workers.hpp"
#include "base/result.hpp"
#include "store/stored_profile.hpp"
#include "store/window/batch.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace kprofefe::store {

/// Writes in batches: what comes while one is written is the next one, so that
/// all of it costs one wait for the disk. Used from the loop's thread.
class GroupCommit {
 public:
  /// Called by a thread of the workers, once at a time.
  using Write =
      std::function<Batch::Answers(const std::vector<NewProfile>& profiles)>;

  /// Of profiles that are not written yet; others wait before they are taken.
  static constexpr std::size_t k_max_waiting_bytes = std::size_t{32} << 20;

  GroupCommit(async::Workers* workers, Write write,
              std::size_t max_waiting_bytes = k_max_waiting_bytes);
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;
  /// What is being written is over: who waits is not answered any more.
  ~GroupCommit();

  /// What was written of it. Must outlive its tasks.
  async::Task<Result<StoredProfile>> put(NewProfile profile);

  /// Whether the last answer was that the disk is full.
  [[nodiscard]] bool is_full() const;

 private:
  struct State;

  static async::Task<void> write_all(std::shared_ptr<State> state);

  /// The writing task has it too: it may be over only after this object.
  std::shared_ptr<State> state_;
};

}  // namespace kprofefe::store
