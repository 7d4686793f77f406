// SPDX-License-Identifier: MIT
// For tests: a SQLite database in memory that operations are run on, as a runner would.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cupel/base/text.hpp"
#include "cupel/driver/connection.hpp"
#include "cupel/ops/services.hpp"
#include "cupel/sql/schema_source.hpp"
#include "dialect/sqlite/ddl.hpp"
#include "dialect/sqlite/driver.hpp"
#include "dialect/sqlite/inspect.hpp"

namespace cupel::dialect::sqlite {

class TestDatabase : public sql::SchemaSource {
 public:
  explicit TestDatabase(const std::vector<std::string>& statements = {})
      : connection_(connect(driver::parse_url("sqlite://"))) {
    run("PRAGMA foreign_keys = OFF");
    for (const std::string& sql : statements) run(sql);
  }

  driver::Connection& connection() { return *connection_; }
  void run(const std::string& sql) { connection_->query(sql); }

  model::Schema inspect(const inspect::Scope& scope = {}) {
    return make_inspector(*connection_)->inspect(scope);
  }
  std::string shown() { return model::to_string(inspect()); }
  std::string shown_table(const model::ObjectName& table) {
    return model::to_string(make_inspector(*connection_)->table(table));
  }
  model::Schema around(const model::ObjectName& table) override {
    return inspect({.tables = {table}});
  }
  model::Schema all() override { return inspect({.all_schemas = true}); }

  std::vector<std::string> statements(const ops::Operation& operation) {
    std::vector<std::string> texts;
    for (const sql::Statement& statement : writer().write(operation, {.before = this}))
      texts.push_back(statement.sql);
    return texts;
  }

  /// Runs the operation in a transaction; throws, and leaves all as it was, if the data is not
  /// consistent afterwards.
  void apply(const ops::Operation& operation) {
    driver::Transaction transaction(*connection_, "BEGIN IMMEDIATE");
    for (const std::string& sql : statements(operation)) run(sql);
    const std::string broken = rows("PRAGMA foreign_key_check");
    if (!broken.empty()) throw Error("foreign key check: " + broken);
    transaction.commit();
    const std::string integrity = rows("PRAGMA integrity_check");
    if (integrity != "ok") throw Error("integrity check: " + integrity);
  }
  /// The error of apply() with its hint.
  std::string error_of(const ops::Operation& operation) {
    try {
      apply(operation);
    } catch (const Error& error) {
      return error.to_string();
    }
    return "no error";
  }

  /// `1|a\n2|b`
  std::string rows(const std::string& sql) {
    const driver::Rows result = connection_->query(sql);
    std::vector<std::string> lines;
    for (const driver::Row row : result) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < row.size(); ++i)
        cells.push_back(row.is_null(i) ? "NULL" : row.text(i));
      lines.push_back(text::join(cells, "|"));
    }
    return text::join(lines, "\n");
  }
  /// Everything that SQLite stores of the schema.
  std::string stored() { return rows("SELECT type, name, sql FROM sqlite_schema ORDER BY name"); }

 private:
  std::unique_ptr<driver::Connection> connection_;
};

/// The statements without a database that knows anything.
inline std::string offline(const ops::Operation& operation) {
  std::vector<std::string> texts;
  for (const sql::Statement& statement : writer().write(operation)) texts.push_back(statement.sql);
  return text::join(texts, ";\n");
}

}  // namespace cupel::dialect::sqlite
