// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace kprofefe::store {

/// Bytes that are no text, for Statement::bind().
struct Blob {
  std::string_view bytes;
};

/// A prepared statement of a Database, which must outlive it.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  /// Begins anew with these values for ?1, ?2 and so on: std::int64_t,
  /// std::string_view or Blob. Texts must live until it has run.
  template <typename... Values>
  Statement& bind(Values... values) {
    reset();
    int place = 0;
    (bind_one(++place, values), ...);
    return *this;
  }

  /// Shows every row to `see(*this)`. Errors: see Database.
  template <typename See>
  Result<void> for_each(See see) {
    for (;;) {
      TRY_ASSIGN(const bool is_row, step());
      if (!is_row) {
        return {};
      }
      see(static_cast<const Statement&>(*this));
    }
  }

  /// What `read(*this)` makes of the first row, if there is one. Errors: see
  /// Database.
  template <typename Read>
  auto first(Read read) -> Result<
      std::optional<decltype(read(std::declval<const Statement&>()))>> {
    TRY_ASSIGN(const bool is_row, step());
    if (!is_row) {
      return std::nullopt;
    }
    auto value = read(static_cast<const Statement&>(*this));
    // What is not over would keep later changes from being seen.
    reset();
    return value;
  }

  /// The number in the first row, if there is one. Errors: see Database.
  Result<std::optional<std::int64_t>> first_number();

  /// What yields no rows. Errors: see Database.
  Result<void> run();

  /// Of the row that is shown, by column from 0; views live as long as it is.
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string_view blob(int column) const;

  /// One value more than bind() was given, for statements of any length.
  void bind_one(int place, std::int64_t value);
  void bind_one(int place, std::string_view text);
  void bind_one(int place, Blob blob);

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  /// False: there is no row left, and it is reset.
  Result<bool> step();
  void reset();
  void note(int code);

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int failure_ = 0;  ///< the first one of bind()
};

/// A connection to one SQLite database, used by one thread at a time. Errors of
/// all its operations: malformed, when it is damaged or not what was expected;
/// else io, with the detail k_disk_full where space ran out.
class Database {
 public:
  /// Opens a file that exists, or makes one.
  static Result<Database> open(const std::string& path, bool create);

  /// Statements without values.
  Result<void> run(const char* sql);

  Result<Statement> prepare(std::string_view sql);

  /// The same statement every time that it is asked for: of a literal.
  Result<Statement*> statement(const char* sql);

  /// Rows that the last INSERT, UPDATE or DELETE has changed.
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] std::int64_t last_row() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };

  Database() = default;

  std::unique_ptr<sqlite3, Close> handle_;
  std::map<const char*, Statement> statements_;
};

/// What is done between its making and commit() is done together or not at all.
class Transaction {
 public:
  static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  Result<void> commit();

 private:
  explicit Transaction(Database* database) : database_(database) {}

  Database* database_;  ///< null: it is over
};

}  // namespace kprofefe::store
