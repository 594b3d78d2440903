// SPDX-License-Identifier: MIT
#include "store/index/database.hpp"

#include "store/segment/io_error.hpp"

#include <fmt/format.h>

#include <sqlite3.h>

#include <utility>

namespace kprofefe::store {
namespace {

bool is_damage(int code) {
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    // Our statements are right as long as the tables are.
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_FORMAT:
      return true;
    default:
      return false;
  }
}

/// SQLITE_FULL is ENOSPC alone. A quota and a limit on the size of files make
/// write(2) fail too; disks that are broken make fsync(2) fail.
bool is_full(int code) {
  return code == SQLITE_FULL || code == SQLITE_IOERR_WRITE ||
         code == SQLITE_IOERR_SHMSIZE;
}

std::unexpected<Error> failure(sqlite3* database, int code) {
  const char* const file =
      database == nullptr ? nullptr : sqlite3_db_filename(database, nullptr);
  return std::unexpected(Error{
      .kind = is_damage(code) ? ErrorKind::malformed : ErrorKind::io,
      .message = fmt::format("index {}: {}", file == nullptr ? "" : file,
                             database == nullptr ? sqlite3_errstr(code)
                                                 : sqlite3_errmsg(database)),
      .detail = is_full(code) ? k_disk_full : ErrorDetail::none});
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  // It repeats what the last step said.
  static_cast<void>(sqlite3_finalize(statement));
}

Result<bool> Statement::step() {
  sqlite3* const database = sqlite3_db_handle(statement_.get());
  if (failure_ != SQLITE_OK) {
    return failure(database, failure_);
  }
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code != SQLITE_DONE) {
    const auto failed = failure(database, code);
    reset();
    return failed;
  }
  reset();
  return false;
}

Result<void> Statement::run() {
  return for_each([](const Statement& /*row*/) {});
}

Result<std::optional<std::int64_t>> Statement::first_number() {
  return first([](const Statement& row) { return row.number(0); });
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
  return blob(column);
}

std::string_view Statement::blob(int column) const {
  const void* const bytes = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string_view()
                          : std::string_view(static_cast<const char*>(bytes),
                                             static_cast<std::size_t>(size));
}

void Statement::bind_one(int place, std::int64_t value) {
  note(sqlite3_bind_int64(statement_.get(), place, value));
}

void Statement::bind_one(int place, std::string_view text) {
  note(sqlite3_bind_text64(statement_.get(), place,
                           text.data() == nullptr ? "" : text.data(),
                           text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind_one(int place, Blob blob) {
  note(
      sqlite3_bind_blob64(statement_.get(), place,
                          blob.bytes.data() == nullptr ? "" : blob.bytes.data(),
                          blob.bytes.size(), SQLITE_STATIC));
}

void Statement::reset() {
  // It repeats what the last step said.
  static_cast<void>(sqlite3_reset(statement_.get()));
  failure_ = SQLITE_OK;
}

void Statement::note(int code) {
  if (failure_ == SQLITE_OK) {
    failure_ = code;
  }
}

void Database::Close::operator()(sqlite3* database) const {
  // Closes when the last statement is gone, and cannot fail.
  static_cast<void>(sqlite3_close_v2(database));
}

Result<Database> Database::open(const std::string& path, bool create) {
  constexpr int k_patience_ms = 10'000;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                                       SQLITE_OPEN_EXRESCODE |
                                       (create ? SQLITE_OPEN_CREATE : 0),
                                   nullptr);
  Database database;
  database.handle_.reset(handle);
  if (code != SQLITE_OK) {
    return failure(handle, code);
  }
  const int patient = sqlite3_busy_timeout(handle, k_patience_ms);
  if (patient != SQLITE_OK) {
    return failure(handle, patient);
  }
  return database;
}

Result<void> Database::run(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    return failure(handle_.get(), code);
  }
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(
      handle_.get(), sql.data(), static_cast<int>(sql.size()),
      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) {
    return failure(handle_.get(), code);
  }
  return Statement(statement);
}

Result<Statement*> Database::statement(const char* sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) {
    return &known->second;
  }
  TRY_ASSIGN(Statement prepared, prepare(sql));
  return &statements_.emplace(sql, std::move(prepared)).first->second;
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_.get());
}

std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(handle_.get());
}

Result<Transaction> Transaction::begin(Database& database) {
  TRY(database.run("BEGIN IMMEDIATE"));
  return Transaction(&database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  if (database_ != nullptr) {
    // What failed may have rolled it back already.
    const Result<void> undone = database_->run("ROLLBACK");
    static_cast<void>(undone);
  }
}

Result<void> Transaction::commit() {
  TRY(database_->run("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace kprofefe::store
