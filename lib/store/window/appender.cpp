// SPDX-License-Identifier: MIT
#include "store/window/appender.hpp"

#include "store/index/open_index.hpp"
#include "store/segment/digest.hpp"
#include "store/segment/folder.hpp"

#include <shared_mutex>
#include <string>
#include <utility>

namespace kprofefe::store {

Batch::Answers Appender::write(std::span<const NewProfile> profiles,
                               SystemTime now) {
  const Result<void> ready = turn_to(window_at(now));
  if (!ready) {
    Batch::Answers none(profiles.size(), std::unexpected(ready.error()));
    return none;
  }
  Batch batch(current_->window->day(), {.segment = current_->segment->number(),
                                        .offset = current_->segment->size()});
  for (const NewProfile& profile : profiles) {
    const std::uint64_t digest = digest_of(profile);
    if (!batch.repeat(digest)) {
      batch.add(profile, digest, find_stored(digest));
    }
  }
  const Result<void> written = commit(batch);
  return std::move(batch).answers(written);
}

Result<void> Appender::commit(const Batch& batch) {
  if (batch.entries().empty()) {
    return {};
  }
  SegmentWriter& segment = *current_->segment;
  const std::uint64_t before = segment.size();
  TRY(segment.append(batch.pieces()));
  const Result<void> indexed =
      current_->index.add(batch.entries(), segment.number(), segment.size());
  if (!indexed && indexed.error().kind == ErrorKind::malformed) {
    const WindowPtr window = current_->window;
    return mend(window);
  }
  if (!indexed) {
    segment.cut(before);
    return indexed;
  }
  current_->window->set_summary(current_->index.summary());
  return {};
}

std::optional<StoredProfile> Appender::find_stored(std::uint64_t digest) {
  auto here = current_->index.find(digest);
  if (here && *here) {
    return (*here)->profile;
  }
  const std::uint32_t day = current_->window->day();
  const WindowPtr before = day == 0 ? nullptr : catalog_->find(day - 1);
  if (before == nullptr) {
    return std::nullopt;
  }
  // That it cannot be read is no reason to refuse a profile.
  auto there =
      pool_->with(before, [&](Index& index) { return index.find(digest); });
  return there && *there ? std::optional((*there)->profile) : std::nullopt;
}

Result<void> Appender::mend(const WindowPtr& window) {
  if (current_ && current_->window == window) {
    current_.reset();
  }
  const std::unique_lock lock(window->use());
  if (window->is_removed()) {
    return {};
  }
  pool_->close(*window);
  std::vector<std::string> notes;
  TRY_ASSIGN(const Index index,
             rebuild_index(window->folder(), window->day(), notes));
  window->set_summary(index.summary());
  return {};
}

Result<void> Appender::remove(const WindowPtr& window) {
  if (current_ && current_->window == window) {
    current_.reset();
  }
  const std::unique_lock lock(window->use());
  pool_->close(*window);
  return catalog_->remove(*window);
}

Result<void> Appender::turn_to(std::uint32_t day) {
  if (!current_ || current_->window->day() != day) {
    current_.reset();
    TRY_ASSIGN(WindowPtr window, catalog_->find_or_create(day));
    TRY_ASSIGN(current_, open(std::move(window)));
  }
  std::optional<SegmentWriter>& segment = current_->segment;
  if (!segment || !segment->is_usable() || segment->size() >= segment_bytes_) {
    TRY_ASSIGN(segment, SegmentWriter::create(current_->window->folder(),
                                              current_->next_segment));
    ++current_->next_segment;
  }
  return {};
}

Result<Appender::Current> Appender::open(WindowPtr window) {
  const std::unique_lock lock(window->use());
  pool_->close(*window);
  std::vector<std::string> notes;
  TRY_ASSIGN(Index index, open_index(window->folder(), window->day(), notes));
  window->set_summary(index.summary());
  TRY_ASSIGN(const SegmentSizes segments, list_segments(window->folder()));
  Current current{.window = window, .index = std::move(index)};
  if (!segments.empty()) {
    const std::uint32_t last = segments.rbegin()->first;
    TRY_ASSIGN(current.segment, SegmentWriter::open(window->folder(), last));
    current.next_segment = last + 1;
  }
  return current;
}

}  // namespace kprofefe::store
