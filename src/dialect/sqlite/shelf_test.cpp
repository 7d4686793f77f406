// SPDX-License-Identifier: MIT
#include "dialect/sqlite/shelf.hpp"

#include <gtest/gtest.h>

#include "dialect/sqlite/driver.hpp"

namespace cupel::dialect::sqlite {
namespace {

using Texts = std::vector<std::string>;

std::unique_ptr<driver::Connection> open_memory() {
  return connect(driver::parse_url("sqlite://"), {});
}

/// Statements in transactions, as a schema is executed; what failed is said, and undone.
Texts execute(driver::Connection& connection, const std::vector<Texts>& batches) {
  Texts errors;
  for (const Texts& batch : batches) {
    std::size_t failed = 0;
    try {
      driver::Transaction transaction(connection);
      connection.run(batch, &failed);
      transaction.commit();
    } catch (const DatabaseError& error) {
      errors.push_back(std::to_string(failed) + " " + error.message());
    }
  }
  return errors;
}

Texts catalog(driver::Connection& connection) {
  Texts rows;
  for (const driver::Row row :
       connection.query("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master "
                        "WHERE name NOT LIKE 'sqlite_seq%' ORDER BY rowid"))
    rows.push_back(row.text(0) + " " + row.text(1) + " " + row.text(2) + " " + row.text(3));
  EXPECT_EQ(connection.query("PRAGMA integrity_check")[0].text(0), "ok");
  return rows;
}

std::vector<Texts> many_tables(const std::string& prefix, int from, int to) {
  std::vector<Texts> batches(1);
  for (int i = from; i < to; ++i) {
    const std::string name = prefix + std::to_string(i);
    batches.back().push_back("CREATE TABLE " + name +
                             " (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE, b INTEGER "
                             "REFERENCES " +
                             prefix + "0 (id))");
    if (i % 2 == 0) batches.back().push_back("CREATE INDEX ix_" + name + " ON " + name + " (b)");
    if (batches.back().size() > 100) batches.emplace_back();
  }
  return batches;
}

void expect_same(const std::vector<Texts>& batches) {
  const auto plain = open_memory();
  ShelvingConnection shelving(open_memory());
  const Texts errors = execute(*plain, batches);
  EXPECT_EQ(execute(shelving, batches), errors);
  EXPECT_EQ(catalog(shelving), catalog(*plain));
}

std::vector<Texts> with(std::vector<Texts> batches, const Texts& more) {
  batches.push_back(more);
  return batches;
}

TEST(ShelvingConnection, EndsWithTheCatalogThatSqliteWouldHave) {
  expect_same(many_tables("t", 0, 600));
}

TEST(ShelvingConnection, BringsBackWhatAnIndexIsFor) {
  std::vector<Texts> batches = many_tables("t", 0, 600);
  Texts indexes;
  for (int i = 0; i < 600; i += 7)
    indexes.push_back("CREATE UNIQUE INDEX \"IX late " + std::to_string(i) + "\" ON main.T" +
                      std::to_string(i) + " (a, b)");
  batches.push_back(indexes);
  const std::vector<Texts> more = many_tables("u", 0, 300);
  batches.insert(batches.end(), more.begin(), more.end());
  expect_same(batches);
}

TEST(ShelvingConnection, RefusesWhatSqliteRefuses) {
  const std::vector<Texts> tables = many_tables("t", 0, 600);
  for (const char* wrong : {"CREATE TABLE T7 (x INTEGER)", "CREATE TABLE ix_t8 (x INTEGER)",
                            "CREATE INDEX ix_t8 ON t9 (b)", "CREATE VIEW t7 AS SELECT 1 AS one",
                            "CREATE INDEX t7 ON t8 (b)", "CREATE INDEX ix_new ON t8 (nothing)",
                            "CREATE INDEX ix_new ON nothing (b)", "DROP TABLE nothing"}) {
    SCOPED_TRACE(wrong);
    std::vector<Texts> batches =
        with(tables, {"CREATE TABLE before (x INTEGER)", "CREATE INDEX ix_extra ON t5 (a)", wrong});
    expect_same(with(std::move(batches), {"CREATE TABLE after (x INTEGER)"}));
  }
}

TEST(ShelvingConnection, LeavesOutWhatIsThere) {
  expect_same(with(many_tables("t", 0, 600), {"CREATE TABLE IF NOT EXISTS [t3] (x INTEGER)",
                                              "CREATE INDEX IF NOT EXISTS ix_t8 ON t9 (b)",
                                              "CREATE TABLE t1000 (x INTEGER)"}));
}

TEST(ShelvingConnection, HasAllForEveryOtherStatement) {
  std::vector<Texts> batches =
      with(many_tables("t", 0, 600),
           {"CREATE VIEW v AS SELECT t1.a FROM t1 JOIN t2 ON t1.id = t2.b",
            "CREATE TRIGGER g AFTER INSERT ON t1 BEGIN INSERT INTO t2 (a) VALUES (new.a); END",
            "INSERT INTO t1 (a) VALUES ('x')", "CREATE TABLE copy AS SELECT * FROM t2",
            "ALTER TABLE t5 RENAME TO t5000", "DROP TABLE t6"});
  const std::vector<Texts> more = many_tables("w", 0, 300);
  batches.insert(batches.end(), more.begin(), more.end());
  expect_same(with(std::move(batches), {"CREATE TABLE t6 (x INTEGER)", "DROP VIEW v"}));
}

TEST(ShelvingConnection, TellsATriggerFromATableOfItsName) {
  std::vector<Texts> batches = many_tables("t", 0, 300);
  const std::string trigger = "CREATE TRIGGER t7 AFTER INSERT ON t1 BEGIN SELECT 1; END";
  batches.insert(batches.begin() + 2, {trigger});
  expect_same(with(std::move(batches), {"CREATE INDEX ix_late ON t7 (b)"}));
}

TEST(ShelvingConnection, KeepsRows) {
  ShelvingConnection shelving(open_memory());
  driver::Connection& connection = shelving;
  execute(connection, with(many_tables("t", 0, 300), {"INSERT INTO t7 (a) VALUES ('kept')"}));
  execute(connection, many_tables("u", 0, 300));
  EXPECT_EQ(connection.query("SELECT id || a FROM t7")[0].text(0), "1kept");
  connection.query("INSERT INTO t7 (a) VALUES ('next')");
  EXPECT_EQ(connection.query("SELECT max(id) FROM t7")[0].integer(0), 2);
}

}  // namespace
}  // namespace cupel::dialect::sqlite
