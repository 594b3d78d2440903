// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "store/index/index.hpp"
#include "store/stored_profile.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kprofefe::store {

/// Profiles that are appended to a segment together. Keeps views of their
/// bodies.
class Batch {
 public:
  using Answers = std::vector<Result<StoredProfile>>;

  /// To be written to that segment at that offset.
  Batch(std::uint32_t window, Place place) : window_(window), place_(place) {}

  /// Counts the next profile as one that the batch has already; false, and it
  /// does nothing, when it has not.
  bool repeat(std::uint64_t digest);

  /// The next profile, which `stored` says is there already, if anything.
  void add(const NewProfile& profile, std::uint64_t digest,
           const std::optional<StoredProfile>& stored);

  [[nodiscard]] std::span<const IndexEntry> entries() const { return entries_; }

  /// What is to be written.
  [[nodiscard]] std::span<const std::string_view> pieces() const {
    return pieces_;
  }

  /// One for each profile, by what came of writing.
  Answers answers(const Result<void>& written) &&;

 private:
  std::uint32_t window_;
  Place place_;  ///< of the next record
  std::vector<IndexEntry> entries_;
  std::deque<std::string> starts_;  ///< which pieces_ show
  std::vector<std::string_view> pieces_;
  /// Which answer is that of a digest.
  std::unordered_map<std::uint64_t, std::size_t> by_digest_;
  Answers answers_;
  std::vector<bool> is_written_;  ///< by answer: it holds when all is written
};

}  // namespace kprofefe::store
