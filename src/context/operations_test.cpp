// SPDX-License-Identifier: MIT
// What a migration does with data and with its surroundings; the DDL calls are the golden cases'.
#include <gtest/gtest.h>

#include "cupel/base/text.hpp"
#include "cupel/cupel.hpp"

namespace cupel::context {
namespace {

using Lines = std::vector<std::string>;

std::string shown(const Value& value) {
  if (is_null(value)) return "NULL";
  if (const auto* blob = std::get_if<Blob>(&value)) return std::to_string(blob->size()) + " bytes";
  return as_text(value);
}

std::string shown(const std::vector<Value>& values) {
  Lines words;
  for (const Value& value : values) words.push_back(shown(value));
  return "[" + text::join(words, ", ") + "]";
}

/// Writes down what it gets, and runs it on a database in memory unless it plays offline.
class RecordingSink final : public StatementSink, public sql::SchemaSource {
 public:
  explicit RecordingSink(bool live) {
    if (live) connection_ = dialect().connect(driver::parse_url("sqlite://"));
  }
  static const dialect::Dialect& dialect() { return dialect::find_dialect("sqlite"); }

  void execute(const sql::Statement& statement) override {
    lines.push_back((statement.outside_transaction ? "outside: " : "") +
                    text::replace_all(statement.sql, "\n", " "));
    if (connection_) connection_->query(statement.sql);
  }
  driver::Rows query(const std::string& sql, const std::vector<Value>& parameters) override {
    lines.push_back("query: " + sql + " " + shown(parameters));
    return connection_->query(sql, parameters);
  }
  driver::Rows execute_bound(const std::string& sql,
                             const std::vector<Value>& parameters) override {
    lines.push_back("bound: " + sql + " " + shown(parameters));
    return connection_->query(sql, parameters);
  }
  void run_many(const std::string& sql, const std::vector<std::vector<Value>>& rows) override {
    lines.push_back("many: " + sql);
    for (const auto& row : rows) lines.push_back("  " + shown(row));
    connection_->run_many(sql, rows);
  }
  bool set_autocommit(bool on) override {
    lines.emplace_back(on ? "COMMIT" : "BEGIN");
    return !on;
  }
  driver::Connection* connection() override { return connection_.get(); }
  sql::SchemaSource* schema() override { return connection_ ? this : nullptr; }
  model::Schema around(const ObjectName&) override { return all(); }
  model::Schema all() override { return dialect().make_inspector(*connection_)->inspect(); }
  void flush() override { lines.emplace_back("flush"); }

  Lines lines;

 private:
  std::unique_ptr<driver::Connection> connection_;
};

struct Live {
  RecordingSink sink{true};
  Operations op{sink, RecordingSink::dialect()};
};
struct Offline {
  RecordingSink sink{false};
  Operations op{sink, RecordingSink::dialect()};
};

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.to_string();
  }
  return "no error";
}

TEST(Operations, ExecuteSplitsAScript) {
  Offline offline;
  offline.op.execute("CREATE TABLE a (x);\nINSERT INTO a VALUES (';'); -- end;\n");
  EXPECT_EQ(offline.sink.lines, (Lines{"CREATE TABLE a (x)", "INSERT INTO a VALUES (';')"}));
}

TEST(Operations, ExecuteMarksWhatCannotRunInATransaction) {
  Offline offline;
  offline.op.execute("VACUUM");
  EXPECT_EQ(offline.sink.lines, (Lines{"outside: VACUUM"}));
}

TEST(Operations, ParametersAreBoundLive) {
  Live live;
  live.op.execute("CREATE TABLE a (x, y)");
  live.op.execute("INSERT INTO a VALUES (:x, :y || ':x' || :x)", {{"y", "it's"}, {"x", 1}});
  EXPECT_EQ(live.sink.lines.back(), "bound: INSERT INTO a VALUES (?, ? || ':x' || ?) [1, it's, 1]");
  EXPECT_EQ(live.op.rows("SELECT y FROM a")[0].text(0), "it's:x1");
}

TEST(Operations, ParametersAreLiteralsOffline) {
  Offline offline;
  offline.op.execute("UPDATE a SET x = :x, y = :y", {{"x", "it's"}, {"y", null}});
  EXPECT_EQ(offline.sink.lines, (Lines{"UPDATE a SET x = 'it''s', y = NULL"}));
}

TEST(Operations, EveryParameterMustBeGivenAndUsed) {
  Live live;
  EXPECT_NE(error_of([&] { live.op.execute("SELECT :x", {{"y", 1}}); }), "no error");
  EXPECT_EQ(live.sink.lines, Lines{});
}

TEST(Operations, RowsReadByNameAndPlace) {
  Live live;
  live.op.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT)");
  live.op.bulk_insert("a", {"id", "name"}, {{1, "ann"}, {2, null}, {3, "cy"}});
  Lines found;
  for (const Row row : live.op.rows("SELECT id, name FROM a WHERE id < :end", {{"end", 3}}))
    found.push_back(row.text(0) + ":" + shown(row["name"]));
  EXPECT_EQ(found, (Lines{"1:ann", "2:NULL"}));
}

TEST(Operations, BulkInsertIsPreparedOnceLive) {
  Live live;
  live.op.execute("CREATE TABLE \"my table\" (id INTEGER, ok BOOLEAN, data BLOB)");
  live.op.bulk_insert("my table", {"id", "ok", "data"},
                      {{1, true, Blob{std::byte{7}}}, {2, false, null}});
  EXPECT_EQ(live.sink.lines,
            (Lines{"CREATE TABLE \"my table\" (id INTEGER, ok BOOLEAN, data BLOB)",
                   "many: INSERT INTO \"my table\" (id, ok, data) VALUES (?, ?, ?)",
                   "  [1, true, 1 bytes]", "  [2, false, NULL]"}));
}

TEST(Operations, BulkInsertIsLiteralsOffline) {
  Offline offline;
  offline.op.bulk_insert("a", {"id", "name"}, {{1, "it's"}, {2, null}});
  EXPECT_EQ(text::join(offline.sink.lines, "; "),
            "INSERT INTO a (id, name) VALUES (1, 'it''s'); INSERT INTO a (id, name) VALUES (2, "
            "NULL)");
}

TEST(Operations, BulkInsertOfNothingDoesNothing) {
  Live live;
  live.op.bulk_insert("missing", {"id"}, {});
  EXPECT_EQ(live.sink.lines, Lines{});
}

TEST(Operations, BulkInsertRefusesARowOfAnotherLength) {
  Offline offline;
  EXPECT_EQ(error_of([&] {
              offline.op.bulk_insert("a", {"id", "name"}, {{1, "x"}, {2}});
            }),
            "bulk_insert into 'a': row 2 has 1 values, expected 2\n"
            "  hint: give one value for each column; std::monostate{} is NULL");
  EXPECT_EQ(offline.sink.lines, Lines{});
}

TEST(Operations, AnAutocommitBlockEndsTheTransaction) {
  Offline offline;
  offline.op.autocommit_block([&] { offline.op.execute("ANALYZE"); });
  EXPECT_EQ(offline.sink.lines, (Lines{"COMMIT", "ANALYZE", "BEGIN"}));
}

TEST(Operations, TheInspectorSeesWhatWasDone) {
  Live live;
  live.op.create_table("a", {Column("id", Integer()).primary_key(), Column("b", String(5))});
  EXPECT_TRUE(live.op.inspector().has_column("a", "b"));
  EXPECT_FALSE(live.op.inspector().has_table("c"));
  EXPECT_EQ(live.sink.lines.back(), "flush");
  EXPECT_EQ(live.op.inspector().table("a").columns[1].type, String(5));
  EXPECT_FALSE(live.op.is_offline());
  EXPECT_TRUE(live.op.connection().is_alive());
}

TEST(Operations, AddColumnIfNotExistsLooksFirst) {
  Live live;
  live.op.create_table("a", {Column("id", Integer())});
  live.op.add_column("a", Column("b", Integer()), {.if_not_exists = true});
  live.op.add_column("a", Column("b", Integer()), {.if_not_exists = true});
  EXPECT_EQ(live.op.inspector().table("a").columns.size(), 2U);
}

TEST(Operations, WhatNeedsADatabaseSaysSoOffline) {
  Offline offline;
  const std::string end =
      "() needs a live database, and this run only writes SQL text (--sql)\n"
      "  hint: guard it with if (!op.is_offline()), or write the statement out with op.execute()";
  EXPECT_EQ(error_of([&] { offline.op.rows("SELECT 1"); }), "op.rows" + end);
  EXPECT_EQ(error_of([&] { offline.op.inspector(); }), "op.inspector" + end);
  EXPECT_EQ(error_of([&] { offline.op.connection(); }), "op.connection" + end);
  EXPECT_TRUE(offline.op.is_offline());
}

TEST(Operations, NamesFollowTheConventionUnlessTheyAreFinal) {
  RecordingSink sink(false);
  model::NamingConvention convention;
  convention.ix = "i_%(table_name)s_%(column_0_name)s";
  Operations op(sink, RecordingSink::dialect(), convention);
  op.create_index(nullptr, "a", {"b"});
  op.create_index(op.f("mine"), "a", {"b", expression("lower(c)")}, {.unique = true});
  EXPECT_EQ(sink.lines,
            (Lines{"CREATE INDEX i_a_b ON a (b)", "CREATE UNIQUE INDEX mine ON a (b, lower(c))"}));
}

TEST(Operations, ReadsAsItIsWritten) {
  Offline offline;
  Operations& op = offline.op;
  op.create_table("users",
                  {Column("id", Integer()).primary_key(),
                   Column("email", String(200)).not_null().unique(), Column("team", Integer()),
                   Column("at", DateTime(kWithTimezone)).server_default(model::text("0")),
                   UniqueConstraint{{"email", "team"}}, ForeignKey{{"team"}, "team", {"id"}},
                   named("ck_id", CheckConstraint{"id > 0"})},
                  {.if_not_exists = true});
  op.add_column("users", Column("phone", String(20)));
  op.rename_column("users", "phone", "mobile");
  op.drop_column("users", "mobile");
  op.rename_table("users", "people");
  op.drop_table("people", {.if_exists = true});
  EXPECT_EQ(text::join(offline.sink.lines, "\n"),
            "CREATE TABLE IF NOT EXISTS users (     id INTEGER NOT NULL,     email VARCHAR(200) "
            "NOT NULL,     team INTEGER,     at DATETIME DEFAULT 0,     PRIMARY KEY (id),     "
            "UNIQUE (email, team),     FOREIGN KEY(team) REFERENCES team (id),     CONSTRAINT "
            "ck_id CHECK (id > 0),     UNIQUE (email) )\n"
            "ALTER TABLE users ADD COLUMN phone VARCHAR(20)\n"
            "ALTER TABLE users RENAME COLUMN phone TO mobile\n"
            "ALTER TABLE users DROP COLUMN mobile\n"
            "ALTER TABLE users RENAME TO people\n"
            "DROP TABLE IF EXISTS people");
}

}  // namespace
}  // namespace cupel::context
