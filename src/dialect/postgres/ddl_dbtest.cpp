// SPDX-License-Identifier: MIT
// What the writer writes, on a real server (CUPEL_TEST_POSTGRES_URL): it runs, what it makes reads
// back as what was meant, and conditional operations can run twice.
#include <gtest/gtest.h>

#include "cupel/model/define.hpp"
#include "dialect/postgres/ddl.hpp"
#include "dialect/postgres/inspect.hpp"
#include "support/postgres_database.hpp"

namespace cupel::dialect::postgres {
namespace {

using model::ColumnDefinition;
using testing_support::PostgresDatabase;

class PostgresDdlLive : public testing::Test {
 protected:
  void SetUp() override {
    if (!PostgresDatabase::is_available()) GTEST_SKIP() << "CUPEL_TEST_POSTGRES_URL is not set";
    database_ = std::make_unique<PostgresDatabase>();
  }

  void run(const ops::Operation& operation) { run(operation, *database_); }
  static void run(const ops::Operation& operation, PostgresDatabase& database) {
    const int version = database.connection().server_version();
    for (const sql::Statement& statement : writer().write(operation, {nullptr, version})) {
      try {
        database.query(statement.sql);
      } catch (const Error& error) {
        ADD_FAILURE() << error.to_string() << "\n" << statement.sql;
      }
    }
  }
  static model::Schema read(PostgresDatabase& database) {
    return make_inspector(database.connection())->inspect({.all_schemas = true});
  }

  std::unique_ptr<PostgresDatabase> database_;
};

/// What creates a schema: keys between tables last.
std::vector<ops::Operation> creation_of(const model::Schema& schema) {
  std::vector<ops::Operation> operations;
  for (const std::string& name : schema.schemas) operations.push_back(ops::CreateSchema{name});
  for (const model::Extension& it : schema.extensions) {
    operations.push_back(ops::CreateExtension{it, true});
  }
  for (const model::EnumType& it : schema.enums) operations.push_back(ops::CreateEnum{it});
  for (const model::Sequence& it : schema.sequences) operations.push_back(ops::CreateSequence{it});
  for (const model::Function& it : schema.functions) operations.push_back(ops::CreateFunction{it});
  std::vector<ops::Operation> keys;
  std::vector<ops::Operation> partitions;
  for (model::Table table : schema.tables) {
    std::erase_if(table.constraints, [&](const model::Constraint& it) {
      const bool is_key = std::holds_alternative<model::ForeignKey>(it);
      if (is_key) keys.push_back(ops::AddConstraint{table.name, it});
      return is_key;
    });
    (table.partition_of ? partitions : operations).push_back(ops::CreateTable{table});
  }
  for (auto* more : {&partitions, &keys}) {
    operations.insert(operations.end(), more->begin(), more->end());
  }
  for (const model::View& it : schema.views) operations.push_back(ops::CreateView{it});
  for (const model::Trigger& it : schema.triggers) operations.push_back(ops::CreateTrigger{it});
  return operations;
}

constexpr const char* kRich[] = {
    "CREATE SCHEMA app",
    "CREATE EXTENSION btree_gist",
    "CREATE TYPE app.\"Mood\" AS ENUM ('sad', 'it''s')",
    "COMMENT ON TYPE app.\"Mood\" IS 'how'",
    "CREATE SEQUENCE lone AS integer INCREMENT 3 START 5 CYCLE",
    "CREATE TABLE app.parent (id bigserial PRIMARY KEY, name varchar(20) COLLATE \"C\" NOT NULL, "
    "mood app.\"Mood\" DEFAULT 'sad', tags text[] DEFAULT '{}', twice int GENERATED ALWAYS AS "
    "(length(name) * 2) STORED, n int GENERATED ALWAYS AS IDENTITY (START 7 INCREMENT 2), "
    "seen timestamptz DEFAULT now(), CONSTRAINT uq UNIQUE NULLS NOT DISTINCT (name) INCLUDE (n), "
    "CONSTRAINT ck CHECK (n > 0) NO INHERIT) WITH (fillfactor = 70)",
    "COMMENT ON TABLE app.parent IS 'p'",
    "COMMENT ON COLUMN app.parent.name IS 'it''s'",
    "COMMENT ON CONSTRAINT uq ON app.parent IS 'once'",
    "CREATE INDEX ix_expr ON app.parent USING btree (lower(name) text_pattern_ops DESC NULLS LAST) "
    "INCLUDE (n) WITH (fillfactor = 50) WHERE n > 3",
    "COMMENT ON INDEX app.ix_expr IS 'quick'",
    "CREATE INDEX ix_gin ON app.parent USING gin (tags)",
    "CREATE UNLOGGED TABLE \"Child Table\" (\"select\" int, during tsrange, p bigint, "
    "CONSTRAINT fk FOREIGN KEY (p) REFERENCES app.parent ON DELETE SET NULL DEFERRABLE INITIALLY "
    "DEFERRED, CONSTRAINT ex EXCLUDE USING gist (\"select\" WITH =, during WITH &&) WHERE (p > 0))",
    "ALTER TABLE \"Child Table\" ADD CONSTRAINT late CHECK (\"select\" <> 3) NOT VALID",
    "ALTER TABLE \"Child Table\" ADD CONSTRAINT late_fk FOREIGN KEY (p) REFERENCES app.parent (id) "
    "ON UPDATE CASCADE NOT VALID",
    "CREATE TABLE events (at date NOT NULL, v int) PARTITION BY RANGE (at)",
    "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
    "CREATE TABLE events_rest PARTITION OF events DEFAULT",
    "CREATE VIEW v AS SELECT id, name FROM app.parent",
    "CREATE MATERIALIZED VIEW mv AS SELECT 1 AS a",
    "CREATE UNIQUE INDEX ix_mv ON mv (a)",
    "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS $f$SELECT a;$f$",
    "CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $f$BEGIN RETURN NEW; END$f$",
    "CREATE TRIGGER tr BEFORE INSERT ON \"Child Table\" FOR EACH ROW EXECUTE FUNCTION tf()",
};

TEST_F(PostgresDdlLive, WhatItWritesReadsBackTheSame) {
  for (const char* statement : kRich) database_->query(statement);
  const model::Schema wanted = normalized(read(*database_));
  PostgresDatabase copy;
  for (const ops::Operation& operation : creation_of(wanted)) run(operation, copy);
  EXPECT_EQ(wanted.tables.size(), 5U);
  EXPECT_EQ(model::to_string(normalized(read(copy))), model::to_string(wanted));
}

TEST_F(PostgresDdlLive, ConditionalOperationsRunTwice) {
  using model::Enum;
  using model::Integer;
  ops::CreateTable create{model::make_table(
      "t", {ColumnDefinition("a", Integer()).index(), ColumnDefinition("m", Enum({"x"}, "mood")),
            model::CheckConstraint{.expression = "a > 1", .name = "ck1", .not_valid = true}})};
  create.if_not_exists = true;
  ops::AddColumn column{
      "t", model::make_column("t", ColumnDefinition("O'c", Enum({"y"}, "Mood2"))).column};
  column.if_not_exists = true;
  ops::AlterColumn alter{"t", "missing"};
  alter.nullable = false;
  alter.new_name = "x";
  alter.if_exists = true;
  ops::AddConstraint check{"t", model::CheckConstraint{.expression = "a > 0", .name = "c$1"}};
  check.if_not_exists = true;
  ops::CreateView view{{.name = "v", .definition = "SELECT 1 AS one"}};
  view.if_not_exists = true;
  const std::vector<ops::Operation> operations = {
      ops::CreateSchema{"app", true},
      ops::CreateEnum{{{"app", "e"}, {"a"}, "why"}, true},
      ops::AddEnumValue{{"app", "e"}, "b", "a", "", true},
      ops::CreateSequence{{.name = "s"}, true},
      create,
      column,
      alter,
      check,
      view,
      ops::DropConstraint{"t", "nope", {}, true},
      ops::DropIndex{"nope", {}, true},
      ops::DropColumn{"t", "nope", true},
      ops::RenameTable{"nope", "x", true},
      ops::DropTrigger{"nope", "t", true},
      ops::DropFunction{"nope", "", false, true},
      ops::DropView{"nope", true, true},
      ops::DropEnum{"nope", true},
      ops::DropSequence{"nope", true},
      ops::DropExtension{"nope", true},
      ops::DropSchema{"nope", true},
      ops::DropTable{"nope", true}};
  for (const ops::Operation& operation : operations) run(operation);
  const model::Schema once = read(*database_);
  for (const ops::Operation& operation : operations) run(operation);
  EXPECT_EQ(model::to_string(read(*database_)), model::to_string(once));
}

TEST_F(PostgresDdlLive, ChangesWhatIsThere) {
  for (const char* statement : kRich) database_->query(statement);
  ops::AlterColumn type{{"app", "parent"}, "tags"};
  type.type = model::Text();
  type.using_expression = "array_to_string(tags, ',')";
  type.server_default = nullptr;
  ops::AlterColumn to_enum{"events", "v"};
  to_enum.type = model::Enum({"1", "2"}, "number");
  to_enum.comment = std::string("now a word");
  ops::AlterColumn identity{{"app", "parent"}, "n"};
  identity.identity = model::Identity{.increment = 4, .cache = 5, .cycle = true};
  identity.existing_identity = model::Identity{.always = true, .start = 7, .increment = 2};
  ops::AlterColumn computed{{"app", "parent"}, "twice"};
  computed.computed = nullptr;
  database_->query("DROP INDEX app.ix_gin");
  database_->query("ALTER TABLE app.parent ALTER tags DROP DEFAULT");
  const std::vector<ops::Operation> operations = {
      type,
      to_enum,
      identity,
      computed,
      ops::ValidateConstraint{"Child Table", "late"},
      ops::RenameConstraint{{"app", "parent"}, "uq", "uq2"},
      ops::RenameIndex{{"app", ""}, "ix_expr", "ix2"},
      ops::RenameEnumValue{{"app", "Mood"}, "it's", "glad"},
      ops::AlterSequence{
          {.name = "lone", .type = "bigint", .increment = 1},
          model::Sequence{
              .name = "lone", .type = "integer", .start = 5, .increment = 3, .cycle = true}},
      ops::RefreshView{"mv", true},
      ops::SetTableSchema{"events_1", "app"},
      ops::SetTableComment{{"app", "parent"}, std::nullopt, {}},
      ops::DropView{"v"},
      ops::DropFunction{"f"},
      ops::DropTrigger{"tr", "Child Table"},
      ops::DropFunction{"tf", "", false, false, true},
      ops::DropTable{{"app", "parent"}, false, true}};
  for (const ops::Operation& operation : operations) run(operation);
  EXPECT_EQ(read(*database_).find_table({"app", "parent"}), nullptr);
}

}  // namespace
}  // namespace cupel::dialect::postgres
