// SPDX-License-Identifier: MIT
#include "store/window/batch.hpp"

#include "store/segment/record.hpp"

#include <utility>

namespace kprofefe::store {

bool Batch::repeat(std::uint64_t digest) {
  const auto found = by_digest_.find(digest);
  if (found == by_digest_.end()) {
    return false;
  }
  // A copy first: what it is in may move.
  Result<StoredProfile> answer = answers_[found->second];
  answers_.push_back(std::move(answer));
  is_written_.push_back(is_written_[found->second]);
  return true;
}

void Batch::add(const NewProfile& profile, std::uint64_t digest,
                const std::optional<StoredProfile>& stored) {
  by_digest_.emplace(digest, answers_.size());
  if (stored) {
    answers_.emplace_back(*stored);
    is_written_.push_back(false);
    return;
  }
  Metadata metadata = {.digest = digest,
                       .series = profile.series,
                       .created_at = profile.created_at,
                       .totals = profile.totals};
  Result<std::string> start =
      encode_record_start(metadata, profile.body, place_.offset);
  is_written_.push_back(start.has_value());
  if (!start) {
    answers_.emplace_back(std::unexpected(std::move(start).error()));
    return;
  }
  answers_.emplace_back(
      StoredProfile{.id = {.window = window_, .digest = digest},
                    .series = profile.series,
                    .created_at = profile.created_at,
                    .size = profile.body.size()});
  entries_.push_back({.metadata = std::move(metadata),
                      .place = place_,
                      .size = profile.body.size()});
  place_.offset += start->size() + profile.body.size();
  starts_.push_back(*std::move(start));
  pieces_.emplace_back(starts_.back());
  pieces_.emplace_back(profile.body);
}

Batch::Answers Batch::answers(const Result<void>& written) && {
  for (std::size_t i = 0; i < answers_.size() && !written; ++i) {
    if (is_written_[i]) {
      answers_[i] = std::unexpected(written.error());
    }
  }
  return std::move(answers_);
}

}  // namespace kprofefe::store
