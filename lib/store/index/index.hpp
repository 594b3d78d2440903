// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "store/index/database.hpp"
#include "store/segment/folder.hpp"
#include "store/segment/metadata.hpp"
#include "store/stored_profile.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::store {

/// Where a record begins.
struct Place {
  std::uint32_t segment = 0;
  std::uint64_t offset = 0;

  bool operator==(const Place&) const = default;
};

/// What an index is told of a profile.
struct IndexEntry {
  Metadata metadata;
  Place place;
  std::uint64_t size = 0;  ///< of the body
};

struct IndexedProfile {
  StoredProfile profile;
  Place place;
};

/// What is known of a window without opening its index.
struct Summary {
  std::uint64_t profiles = 0;
  SystemTime first = SystemTime::max();  ///< the earliest created_at
  SystemTime last = SystemTime::min();
};

/// The index of one window: an SQLite database, `index.db` in the window's
/// folder, made of what the segments say. For one thread at a time; several may
/// be open at once, and read while one writes. Errors of all: malformed, when
/// it must be made anew; else io.
class Index {
 public:
  /// Of another version, or copied, which may have been in the middle of a
  /// change, it is malformed.
  static Result<Index> open(const std::string& folder, std::uint32_t window);

  /// An empty one, in place of what was there; nobody may have that open.
  static Result<Index> create(const std::string& folder, std::uint32_t window);

  static std::string path(const std::string& folder);

  [[nodiscard]] const Summary& summary() const { return summary_; }

  /// How much of each segment it has.
  Result<SegmentSizes> indexed();

  /// All of the entries or none; then it has that segment up to `indexed_to`.
  /// Profiles that it has already stay as they are.
  Result<void> add(std::span<const IndexEntry> entries, std::uint32_t segment,
                   std::uint64_t indexed_to);

  Result<std::optional<IndexedProfile>> find(std::uint64_t digest);

  /// The newest first, if there is a limit; else in any order.
  Result<std::vector<StoredProfile>> find(const Query& query);

  Result<std::vector<std::string>> services();

  /// Rows, counted. Errors: malformed, when SQLite finds the file damaged.
  Result<std::uint64_t> verify();

 private:
  Index(Database database, std::uint32_t window)
      : database_(std::move(database)), window_(window) {}

  static Result<Index> connect(const std::string& path, std::uint32_t window,
                               bool create);
  Result<void> load_summary(const std::string& path);
  Result<void> add(const IndexEntry& entry, Summary& summary);
  Result<void> add_totals(const Metadata& metadata, std::int64_t series);
  Result<void> add_labels(const std::vector<Label>& labels,
                          std::int64_t series);
  Result<std::int64_t> series_id(const Series& series);
  Result<std::int64_t> kind_id(const Total& total);
  Result<Series> series_of(std::int64_t id);

  Database database_;
  std::uint32_t window_;
  Summary summary_;
};

}  // namespace kprofefe::store
