// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "store/index/index.hpp"
#include "store/segment/segment_writer.hpp"
#include "store/stored_profile.hpp"
#include "store/window/batch.hpp"
#include "store/window/catalog.hpp"
#include "store/window/index_pool.hpp"
#include "store/window/window.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kprofefe::store {

/// Writes to the windows: for one thread.
class Appender {
 public:
  /// Both must outlive it. A new segment is begun after so many bytes.
  Appender(Catalog* catalog, IndexPool* pool, std::uint64_t segment_bytes)
      : catalog_(catalog), pool_(pool), segment_bytes_(segment_bytes) {}

  /// Stores a batch in the window of `now`: what is stored of each, or why not.
  /// With the answer it survives a loss of power.
  Batch::Answers write(std::span<const NewProfile> profiles, SystemTime now);

  /// Makes the index of a window anew. Errors: io.
  Result<void> mend(const WindowPtr& window);

  /// Removes a window. Errors: io.
  Result<void> remove(const WindowPtr& window);

 private:
  /// What is written to.
  struct Current {
    WindowPtr window;
    Index index;
    std::optional<SegmentWriter> segment;
    std::uint32_t next_segment = 1;
  };

  /// Makes the window current, with a segment that takes a batch.
  Result<void> turn_to(std::uint32_t day);
  Result<Current> open(WindowPtr window);
  /// All of the batch or nothing.
  Result<void> commit(const Batch& batch);
  /// In the current window and that of the day before.
  std::optional<StoredProfile> find_stored(std::uint64_t digest);

  Catalog* catalog_;
  IndexPool* pool_;
  std::uint64_t segment_bytes_;
  std::optional<Current> current_;
};

}  // namespace kprofefe::store
