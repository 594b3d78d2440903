// SPDX-License-Identifier: MIT
#include "store/index/index.hpp"

#include "store/index/schema.hpp"
#include "store/index/sql_number.hpp"
#include "store/segment/digest.hpp"
#include "store/segment/io_error.hpp"
#include "store/segment/nanoseconds.hpp"

#include <fmt/format.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace kprofefe::store {
namespace {

/// 0: there is none.
std::int64_t inode_of(const std::string& path) {
  struct stat about{};
  return ::stat(path.c_str(), &about) == 0
             ? static_cast<std::int64_t>(about.st_ino)
             : 0;
}

std::unexpected<Error> unusable(const std::string& path, const char* why) {
  return fail(ErrorKind::malformed, fmt::format("index {}: {}", path, why));
}

}  // namespace

std::string Index::path(const std::string& folder) {
  return folder + "/index.db";
}

Result<Index> Index::open(const std::string& folder, std::uint32_t window) {
  const std::string path = Index::path(folder);
  if (inode_of(path) == 0) {
    return unusable(path, "missing");
  }
  return connect(path, window, false);
}

Result<Index> Index::create(const std::string& folder, std::uint32_t window) {
  const std::string path = Index::path(folder);
  for (const char* const part : {"", "-wal", "-shm"}) {
    if (::unlink((path + part).c_str()) != 0 && errno != ENOENT) {
      return io_error("remove", path + part);
    }
  }
  return connect(path, window, true);
}

Result<Index> Index::connect(const std::string& path, std::uint32_t window,
                             bool create) {
  TRY_ASSIGN(Database database, Database::open(path, create));
  TRY(database.run(k_connection_sql));
  if (create) {
    TRY(database.run(k_schema_sql));
    TRY_ASSIGN(Statement window_row,
               database.prepare("INSERT INTO window VALUES (0, ?1, ?2, ?3)"));
    const Summary none;
    window_row.bind(nanoseconds_of(none.first), nanoseconds_of(none.last),
                    inode_of(path));
    TRY(window_row.run());
  }
  Index index(std::move(database), window);
  TRY(index.load_summary(path));
  return index;
}

Result<void> Index::load_summary(const std::string& path) {
  TRY_ASSIGN(Statement version, database_.prepare("PRAGMA user_version"));
  TRY_ASSIGN(const auto schema, version.first_number());
  if (schema != k_schema_version) {
    return unusable(path, "of another version");
  }
  std::int64_t inode = 0;
  TRY_ASSIGN(
      Statement window,
      database_.prepare("SELECT profiles, first, last, inode FROM window"));
  TRY_ASSIGN(const auto summary, window.first([&](const Statement& row) {
    inode = row.number(3);
    return Summary{.profiles = unsigned_of(row.number(0)),
                   .first = time_of(row.number(1)),
                   .last = time_of(row.number(2))};
  }));
  if (!summary) {
    return unusable(path, "incomplete");
  }
  if (inode != inode_of(path)) {
    return unusable(path, "a copy, which may be incomplete");
  }
  summary_ = *summary;
  return {};
}

Result<SegmentSizes> Index::indexed() {
  SegmentSizes sizes;
  TRY_ASSIGN(Statement* const segments,
             database_.statement("SELECT number, indexed_to FROM segment"));
  TRY(segments->bind().for_each([&](const Statement& row) {
    sizes[static_cast<std::uint32_t>(row.number(0))] =
        unsigned_of(row.number(1));
  }));
  return sizes;
}

Result<void> Index::add(std::span<const IndexEntry> entries,
                        std::uint32_t segment, std::uint64_t indexed_to) {
  Summary summary = summary_;
  TRY_ASSIGN(Transaction transaction, Transaction::begin(database_));
  for (const IndexEntry& entry : entries) {
    TRY(add(entry, summary));
  }
  TRY_ASSIGN(Statement* const reached,
             database_.statement("INSERT INTO segment VALUES (?1, ?2) ON "
                                 "CONFLICT DO UPDATE SET indexed_to = ?2"));
  TRY(reached->bind(std::int64_t{segment}, signed_of(indexed_to)).run());
  TRY_ASSIGN(Statement* const window,
             database_.statement(
                 "UPDATE window SET profiles = ?1, first = ?2, last = ?3"));
  TRY(window
          ->bind(signed_of(summary.profiles), nanoseconds_of(summary.first),
                 nanoseconds_of(summary.last))
          .run());
  TRY(transaction.commit());
  summary_ = summary;
  return {};
}

Result<void> Index::add(const IndexEntry& entry, Summary& summary) {
  const Metadata& metadata = entry.metadata;
  TRY_ASSIGN(const std::int64_t series, series_id(metadata.series));
  TRY_ASSIGN(Statement* const profile,
             database_.statement("INSERT OR IGNORE INTO profile VALUES (?1, "
                                 "?2, ?3, ?4, ?5, ?6)"));
  TRY(profile
          ->bind(signed_of(metadata.digest), series,
                 nanoseconds_of(metadata.created_at), signed_of(entry.size),
                 std::int64_t{entry.place.segment},
                 signed_of(entry.place.offset))
          .run());
  if (database_.changes() == 0) {
    return {};
  }
  ++summary.profiles;
  summary.first = std::min(summary.first, metadata.created_at);
  summary.last = std::max(summary.last, metadata.created_at);
  return add_totals(metadata, series);
}

Result<void> Index::add_totals(const Metadata& metadata, std::int64_t series) {
  for (const Total& total : metadata.totals) {
    TRY_ASSIGN(const std::int64_t kind, kind_id(total));
    TRY_ASSIGN(Statement* const row,
               database_.statement("INSERT OR IGNORE INTO total VALUES (?1, "
                                   "?2, ?3, ?4, ?5)"));
    TRY(row->bind(series, kind, nanoseconds_of(metadata.created_at),
                  signed_of(metadata.digest), total.value)
            .run());
  }
  return {};
}

Result<std::int64_t> Index::series_id(const Series& series) {
  const std::string labels = encode_labels(series.labels);
  const std::int64_t hash = signed_of(digest_of(labels));
  TRY_ASSIGN(Statement* const query,
             database_.statement("SELECT id FROM series WHERE service = ?1 AND "
                                 "type = ?2 AND hash = ?3 AND labels = ?4"));
  query->bind(std::string_view(series.service), std::string_view(series.type),
              hash, Blob{labels});
  TRY_ASSIGN(const auto known, query->first_number());
  if (known) {
    return *known;
  }
  TRY_ASSIGN(Statement* const row,
             database_.statement("INSERT INTO series (service, type, hash, "
                                 "labels) VALUES (?1, ?2, ?3, ?4)"));
  TRY(row->bind(std::string_view(series.service), std::string_view(series.type),
                hash, Blob{labels})
          .run());
  const std::int64_t id = database_.last_row();
  TRY(add_labels(series.labels, id));
  return id;
}

Result<void> Index::add_labels(const std::vector<Label>& labels,
                               std::int64_t series) {
  for (const Label& label : labels) {
    TRY_ASSIGN(
        Statement* const row,
        database_.statement("INSERT OR IGNORE INTO label VALUES (?1, ?2, ?3)"));
    TRY(row->bind(std::string_view(label.key), std::string_view(label.value),
                  series)
            .run());
  }
  return {};
}

Result<std::int64_t> Index::kind_id(const Total& total) {
  TRY_ASSIGN(Statement* const query,
             database_.statement(
                 "SELECT id FROM total_kind WHERE type = ?1 AND unit = ?2"));
  query->bind(std::string_view(total.type), std::string_view(total.unit));
  TRY_ASSIGN(const auto known, query->first_number());
  if (known) {
    return *known;
  }
  TRY_ASSIGN(Statement* const row,
             database_.statement(
                 "INSERT INTO total_kind (type, unit) VALUES (?1, ?2)"));
  TRY(row->bind(std::string_view(total.type), std::string_view(total.unit))
          .run());
  return database_.last_row();
}

}  // namespace kprofefe::store
