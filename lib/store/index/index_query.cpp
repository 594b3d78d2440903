// SPDX-License-Identifier: MIT
#include "store/index/index.hpp"
#include "store/index/sql_number.hpp"
#include "store/segment/nanoseconds.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <map>
#include <string_view>

namespace kprofefe::store {
namespace {

constexpr int k_type_value = 5;
constexpr int k_first_label_value = 6;

/// ?1 service, ?2 from, ?3 to, ?4 limit, ?5 type, then key and value of each
/// label. All that it yields is in the index profile_by_time.
std::string sql_of(const Query& query) {
  std::string sql =
      "SELECT digest, series, created_at, size FROM profile WHERE series IN "
      "(SELECT id FROM series WHERE service = ?1";
  if (query.type) {
    sql += " AND type = ?5";
  }
  int place = k_first_label_value;
  for (std::size_t i = 0; i < query.labels.size(); ++i, place += 2) {
    sql += fmt::format(
        " AND id IN (SELECT series FROM label WHERE key = ?{} AND value = ?{})",
        place, place + 1);
  }
  return sql +
         ") AND created_at BETWEEN ?2 AND ?3 ORDER BY created_at DESC, digest "
         "DESC LIMIT ?4";
}

}  // namespace

Result<Series> Index::series_of(std::int64_t id) {
  TRY_ASSIGN(Statement* const query,
             database_.statement(
                 "SELECT service, type, labels FROM series WHERE id = ?1"));
  std::string labels;
  TRY_ASSIGN(auto series, query->bind(id).first([&](const Statement& row) {
    labels = row.blob(2);
    return Series{.service = std::string(row.text(0)),
                  .type = std::string(row.text(1))};
  }));
  if (!series) {
    return fail(ErrorKind::malformed, "index: a series is missing");
  }
  TRY_ASSIGN(series->labels, decode_labels(labels));
  return *std::move(series);
}

Result<std::optional<IndexedProfile>> Index::find(std::uint64_t digest) {
  TRY_ASSIGN(Statement* const query,
             database_.statement("SELECT series, created_at, size, segment, "
                                 "offset FROM profile WHERE digest = ?1"));
  std::int64_t series = 0;
  query->bind(signed_of(digest));
  TRY_ASSIGN(auto found, query->first([&](const Statement& row) {
    series = row.number(0);
    return IndexedProfile{
        .profile = {.id = {.window = window_, .digest = digest},
                    .created_at = time_of(row.number(1)),
                    .size = unsigned_of(row.number(2))},
        .place = {.segment = static_cast<std::uint32_t>(row.number(3)),
                  .offset = unsigned_of(row.number(4))}};
  }));
  if (found) {
    TRY_ASSIGN(found->profile.series, series_of(series));
  }
  return found;
}

Result<std::vector<StoredProfile>> Index::find(const Query& query) {
  TRY_ASSIGN(Statement statement, database_.prepare(sql_of(query)));
  const std::int64_t limit =
      query.limit ? signed_of(*query.limit) : std::int64_t{-1};
  statement.bind(std::string_view(query.service), nanoseconds_of(query.from),
                 nanoseconds_of(query.to), limit);
  if (query.type) {
    statement.bind_one(k_type_value, std::string_view(*query.type));
  }
  int place = k_first_label_value;
  for (const Label& label : query.labels) {
    statement.bind_one(place++, std::string_view(label.key));
    statement.bind_one(place++, std::string_view(label.value));
  }
  std::vector<StoredProfile> found;
  std::vector<std::int64_t> series;
  TRY(statement.for_each([&](const Statement& row) {
    series.push_back(row.number(1));
    found.push_back(
        {.id = {.window = window_, .digest = unsigned_of(row.number(0))},
         .created_at = time_of(row.number(2)),
         .size = unsigned_of(row.number(3))});
  }));
  std::map<std::int64_t, Series> known;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto [entry, is_new] = known.try_emplace(series[i]);
    if (is_new) {
      TRY_ASSIGN(entry->second, series_of(series[i]));
    }
    found[i].series = entry->second;
  }
  return found;
}

Result<std::vector<std::string>> Index::services() {
  // From each name to the next, however many series have it.
  TRY_ASSIGN(Statement* const query,
             database_.statement(
                 "WITH RECURSIVE name(service) AS (SELECT min(service) FROM "
                 "series UNION ALL SELECT (SELECT min(service) FROM series "
                 "WHERE service > name.service) FROM name WHERE service IS NOT "
                 "NULL) SELECT service FROM name WHERE service IS NOT NULL"));
  std::vector<std::string> services;
  TRY(query->bind().for_each(
      [&](const Statement& row) { services.emplace_back(row.text(0)); }));
  return services;
}

Result<std::uint64_t> Index::verify() {
  TRY_ASSIGN(Statement check, database_.prepare("PRAGMA integrity_check(1)"));
  TRY_ASSIGN(const auto outcome, check.first([](const Statement& row) {
    return std::string(row.text(0));
  }));
  if (outcome != "ok") {
    return fail(ErrorKind::malformed, outcome.value_or("not readable"));
  }
  TRY_ASSIGN(Statement count,
             database_.prepare("SELECT count(*) FROM profile"));
  TRY_ASSIGN(const auto rows, count.first_number());
  return unsigned_of(rows.value_or(0));
}

}  // namespace kprofefe::store
