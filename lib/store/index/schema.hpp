// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace kprofefe::store {

/// With other tables comes another number: what is older is made anew.
inline constexpr std::int64_t k_schema_version = 1;

/// What a connection is told first. NORMAL: after a loss of power the index may
/// lack what was written last, and is whole.
inline constexpr const char* k_connection_sql = R"(
PRAGMA synchronous = NORMAL;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -1024;
PRAGMA journal_size_limit = 4194304;
)";

/// Times are nanoseconds since 1970, labels as in the metadata of a segment.
/// The totals lie in the order in which they are asked for over time.
inline constexpr const char* k_schema_sql = R"(
PRAGMA journal_mode = WAL;
BEGIN;
PRAGMA user_version = 1;
CREATE TABLE window (
  profiles INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  inode INTEGER NOT NULL);
CREATE TABLE segment (
  number INTEGER PRIMARY KEY,
  indexed_to INTEGER NOT NULL);
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  service TEXT NOT NULL,
  type TEXT NOT NULL,
  hash INTEGER NOT NULL,
  labels BLOB NOT NULL);
CREATE INDEX series_by_name ON series (service, type, hash);
CREATE TABLE label (
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  series INTEGER NOT NULL,
  PRIMARY KEY (key, value, series)) WITHOUT ROWID;
CREATE TABLE profile (
  digest INTEGER PRIMARY KEY,
  series INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  size INTEGER NOT NULL,
  segment INTEGER NOT NULL,
  offset INTEGER NOT NULL);
CREATE INDEX profile_by_time ON profile (series, created_at, size);
CREATE TABLE total_kind (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  unit TEXT NOT NULL,
  UNIQUE (type, unit));
CREATE TABLE total (
  series INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (series, kind, created_at, digest)) WITHOUT ROWID;
COMMIT;
)";

}  // namespace kprofefe::store
