// SPDX-License-Identifier: MIT
// What the golden cases, which follow Alembic, do not reach: PostgreSQL's own objects, conditions,
// enum lifetimes, refusals.
#include "dialect/postgres/ddl.hpp"

#include <gtest/gtest.h>

#include "cupel/base/error.hpp"
#include "cupel/model/define.hpp"

namespace cupel::dialect::postgres {
namespace {

using namespace model;
using Lines = std::vector<std::string>;
using C = ColumnDefinition;

/// A schema that is known.
class Known final : public sql::SchemaSource {
 public:
  explicit Known(Schema schema) : schema_(std::move(schema)) {}
  Schema around(const ObjectName&) override { return schema_; }
  Schema all() override { return schema_; }

 private:
  Schema schema_;
};

/// Offline, and nothing is known.
class Unknown final : public sql::SchemaSource {
 public:
  Schema around(const ObjectName&) override { throw NotSupported("unknown"); }
  Schema all() override { throw NotSupported("unknown"); }
};

Lines written(const ops::Operation& operation, const sql::WriteContext& context = {}) {
  Lines lines;
  for (const sql::Statement& statement : writer().write(operation, context)) {
    lines.push_back(statement.outside_transaction ? "(outside) " + statement.sql : statement.sql);
  }
  return lines;
}

template <typename E>
std::string refusal(const ops::Operation& operation, const sql::WriteContext& context = {}) {
  try {
    written(operation, context);
  } catch (const E& error) {
    return error.to_string();
  }
  return "(not refused)";
}

Schema with_enum(const std::string& name) {
  Schema schema;
  schema.enums = {{name, {"a"}, {}}};
  return schema;
}

TEST(PostgresDdl, TheFirstColumnCreatesItsEnum) {
  const ops::CreateTable create{
      make_table("t", {C("a", Enum({"x", "y"}, "mood")), C("b", Array(Enum({"x", "y"}, "mood"))),
                       C("c", Enum({"z"}))})};
  const std::string table = "CREATE TABLE t (\n    a mood,\n    b mood[],\n    c t_c\n)";
  const std::string mood = "CREATE TYPE mood AS ENUM ('x', 'y')";
  const std::string own = "CREATE TYPE t_c AS ENUM ('z')";
  EXPECT_EQ(written(create), (Lines{mood, own, table}));

  Known known(with_enum("mood"));
  EXPECT_EQ(written(create, {&known}), (Lines{own, table}));
  Unknown unknown;
  EXPECT_EQ(written(create, {&unknown}), (Lines{mood, own, table}));
}

TEST(PostgresDdl, AnEnumThatAColumnUsesIsKnown) {
  Schema schema;
  schema.tables = {make_table("t", {C("a", Array(Enum({"x"}, "mood")))})};
  Known known(schema);
  const ops::AddColumn add{"u", make_column("u", C("m", Enum({"x"}, "mood"))).column};
  EXPECT_EQ(written(add, {&known}), (Lines{"ALTER TABLE u ADD COLUMN m mood"}));
  EXPECT_EQ(written(add),
            (Lines{"CREATE TYPE mood AS ENUM ('x')", "ALTER TABLE u ADD COLUMN m mood"}));
}

TEST(PostgresDdl, AColumnThatMayExistAsksForItsEnum) {
  ops::AddColumn add{"u", make_column("u", C("m", Enum({"x"}, "mood"))).column};
  add.if_not_exists = true;
  EXPECT_EQ(written(add), (Lines{"DO $cupel$\n"
                                 "BEGIN\n"
                                 "  IF pg_catalog.to_regtype('mood') IS NULL THEN\n"
                                 "    CREATE TYPE mood AS ENUM ('x');\n"
                                 "  END IF;\n"
                                 "END\n"
                                 "$cupel$",
                                 "ALTER TABLE u ADD COLUMN IF NOT EXISTS m mood"}));
}

TEST(PostgresDdl, AnEnumIsLeftWhenItsTableGoes) {
  ops::DropTable drop{"t"};
  drop.was = make_table("t", {C("a", Enum({"x"}, "mood"))});
  EXPECT_EQ(written(drop), (Lines{"DROP TABLE t"}));
}

TEST(PostgresDdl, AColumnBecomesAnEnumByWayOfText) {
  ops::AlterColumn change{"t", "c"};
  change.type = Enum({"x"}, "Mood");
  EXPECT_EQ(written(change),
            (Lines{"CREATE TYPE \"Mood\" AS ENUM ('x')",
                   "ALTER TABLE t ALTER COLUMN c TYPE \"Mood\" USING c::text::\"Mood\""}));
}

TEST(PostgresDdl, ConstraintsThatMayExistAskTheCatalogue) {
  ops::AddConstraint add{{"app", "t"},
                         CheckConstraint{.expression = "a <> '$cupel$'", .name = "c1"}};
  add.if_not_exists = true;
  EXPECT_EQ(written(add),
            (Lines{"DO $cupel1$\n"
                   "BEGIN\n"
                   "  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = "
                   "pg_catalog.to_regclass('app.t') AND conname = 'c1') THEN\n"
                   "    ALTER TABLE app.t ADD CONSTRAINT c1 CHECK (a <> '$cupel$');\n"
                   "  END IF;\n"
                   "END\n"
                   "$cupel1$"}));
  set_name(add.constraint, "");
  EXPECT_EQ(refusal<UsageError>(add),
            "if_not_exists needs the name of the constraint on table 'app.t'\n"
            "  hint: name it, or configure a naming convention");
}

TEST(PostgresDdl, ColumnsThatMayBeMissingAskTheCatalogue) {
  ops::AlterColumn change{"t", "O'c"};
  change.nullable = true;
  change.if_exists = true;
  EXPECT_EQ(written(change),
            (Lines{"DO $cupel$\n"
                   "BEGIN\n"
                   "  IF EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = "
                   "pg_catalog.to_regclass('t') AND attname = 'O''c' AND NOT attisdropped) THEN\n"
                   "    ALTER TABLE t ALTER COLUMN \"O'c\" DROP NOT NULL;\n"
                   "  END IF;\n"
                   "END\n"
                   "$cupel$"}));
}

TEST(PostgresDdl, PartitionsTakeTheirColumnsFromTheParent) {
  Table table = make_table({"app", "t_1"}, {C("id", Integer())});
  table.partition_of = PartitionOf{"t", "FOR VALUES FROM (1) TO (10)"};
  EXPECT_EQ(written(ops::CreateTable{table}),
            (Lines{"CREATE TABLE app.t_1 PARTITION OF t FOR VALUES FROM (1) TO (10)"}));
  table.constraints = {CheckConstraint{.expression = "id > 0", .name = "c"}};
  table.partition_by = "HASH (id)";
  EXPECT_EQ(written(ops::CreateTable{table}),
            (Lines{"CREATE TABLE app.t_1 PARTITION OF t (\n    CONSTRAINT c CHECK (id > 0)\n) "
                   "FOR VALUES FROM (1) TO (10) PARTITION BY HASH (id)"}));
}

TEST(PostgresDdl, WritesTheOptionsOfTables) {
  Table table = make_table("t", {C("id", Integer())});
  table.unlogged = true;
  table.inherits = {"base", {"app", "Other"}};
  table.with = {{"fillfactor", "70"}, {"autovacuum_enabled", "false"}};
  table.tablespace = "fast";
  EXPECT_EQ(written(ops::CreateTable{table}),
            (Lines{"CREATE UNLOGGED TABLE t (\n    id INTEGER\n) INHERITS (base, app.\"Other\") "
                   "WITH (fillfactor = 70, autovacuum_enabled = false) TABLESPACE fast"}));
}

TEST(PostgresDdl, ConstraintsThatAreNotValidFollowTheTable) {
  const Table table = make_table(
      "t",
      {C("a", Integer()),
       CheckConstraint{.expression = "a > 0", .name = "c1", .not_valid = true, .comment = "later"},
       UniqueConstraint{.columns = {"a"}, .name = "u1", .include = {"a"}, .comment = "once"}});
  EXPECT_EQ(written(ops::CreateTable{table}),
            (Lines{"CREATE TABLE t (\n    a INTEGER,\n    CONSTRAINT u1 UNIQUE (a) INCLUDE (a)\n)",
                   "ALTER TABLE t ADD CONSTRAINT c1 CHECK (a > 0) NOT VALID",
                   "COMMENT ON CONSTRAINT c1 ON t IS 'later'",
                   "COMMENT ON CONSTRAINT u1 ON t IS 'once'"}));
}

TEST(PostgresDdl, NumbersColumns) {
  const Table table = make_table("t", {C("a", SmallInteger()).primary_key(),
                                       C("b", BigInteger()).autoincrement(true).not_null(),
                                       C("c", Integer()).identity({.always = true, .start = 5})});
  EXPECT_EQ(written(ops::CreateTable{table}),
            (Lines{"CREATE TABLE t (\n    a SMALLSERIAL NOT NULL,\n    b BIGSERIAL NOT NULL,\n"
                   "    c INTEGER GENERATED ALWAYS AS IDENTITY (START WITH 5),\n"
                   "    PRIMARY KEY (a)\n)"}));
}

TEST(PostgresDdl, LooksUpWhetherAColumnIsAnIdentity) {
  Schema schema;
  schema.tables = {make_table("t", {C("a", Integer()).identity({.increment = 2})})};
  Known known(schema);
  ops::AlterColumn change{"t", "a"};
  change.identity = Identity{.always = true};
  EXPECT_EQ(written(change, {&known}),
            (Lines{"ALTER TABLE t ALTER COLUMN a SET GENERATED ALWAYS SET INCREMENT BY 1"}));
  EXPECT_EQ(written(change),
            (Lines{"ALTER TABLE t ALTER COLUMN a ADD GENERATED ALWAYS AS IDENTITY"}));
}

TEST(PostgresDdl, ChangesGeneratedColumns) {
  ops::AlterColumn change{"t", "a"};
  change.computed = Computed{"b + 1", {}};
  change.existing_computed = Computed{"b", {}};
  EXPECT_EQ(written(change), (Lines{"ALTER TABLE t ALTER COLUMN a SET EXPRESSION AS (b + 1)"}));
  EXPECT_EQ(refusal<NotSupported>(change, {nullptr, 150004}),
            "the expression of generated column 't.a' cannot change before PostgreSQL 17\n"
            "  hint: drop the column and add it again with the expression");
}

TEST(PostgresDdl, WorksOutsideTransactionsWhereItMust) {
  ops::CreateIndex create{"t", Index{}};
  create.index.name = "ix";
  create.index.elements = {"a"};
  create.index.comment = "why";
  create.concurrently = true;
  create.if_not_exists = true;
  EXPECT_EQ(written(create), (Lines{"(outside) CREATE INDEX CONCURRENTLY IF NOT EXISTS ix ON t (a)",
                                    "COMMENT ON INDEX ix IS 'why'"}));
  const ops::AddEnumValue add{"mood", "c", "b"};
  EXPECT_EQ(written(add), (Lines{"(outside) ALTER TYPE mood ADD VALUE 'c' BEFORE 'b'"}));
}

TEST(PostgresDdl, WritesSequences) {
  Sequence sequence{.name = {"app", "s"}, .type = "integer", .start = 5, .cycle = true};
  sequence.owned_by = "app.T.id";
  sequence.comment = "ids";
  EXPECT_EQ(written(ops::CreateSequence{sequence}),
            (Lines{"CREATE SEQUENCE app.s AS integer START WITH 5 CYCLE OWNED BY app.\"T\".id",
                   "COMMENT ON SEQUENCE app.s IS 'ids'"}));
  Sequence to = sequence;
  to.type.clear();
  to.cycle = false;
  to.increment = 2;
  to.owned_by.clear();
  to.comment.clear();
  EXPECT_EQ(written(ops::AlterSequence{to, sequence}),
            (Lines{"ALTER SEQUENCE app.s AS bigint NO CYCLE INCREMENT BY 2 OWNED BY NONE",
                   "COMMENT ON SEQUENCE app.s IS NULL"}));
  EXPECT_EQ(written(ops::AlterSequence{sequence, sequence}), Lines{});
  model::Sequence up{.name = "s"};
  model::Sequence down = up;
  down.increment = -2;
  EXPECT_EQ(written(ops::AlterSequence{down, up}),
            (Lines{"ALTER SEQUENCE s INCREMENT BY -2 NO MAXVALUE NO MINVALUE START WITH -1"}));
}

TEST(PostgresDdl, WritesViewsAndTheirIndexes) {
  View view{.name = "v", .definition = " SELECT 1 AS a; ", .materialized = true};
  Index index;
  index.name = "ix_v";
  index.unique = true;
  index.elements = {"a"};
  view.indexes = {index};
  ops::CreateView create{view};
  create.with_data = false;
  EXPECT_EQ(written(create), (Lines{"CREATE MATERIALIZED VIEW v AS SELECT 1 AS a WITH NO DATA",
                                    "CREATE UNIQUE INDEX ix_v ON v (a)"}));
  EXPECT_EQ(written(ops::RefreshView{"v", true}),
            (Lines{"REFRESH MATERIALIZED VIEW CONCURRENTLY v"}));
  EXPECT_EQ(written(ops::DropView{"v", true, true, true}),
            (Lines{"DROP MATERIALIZED VIEW IF EXISTS v CASCADE"}));
  create.or_replace = true;
  EXPECT_EQ(refusal<NotSupported>(create),
            "materialised view 'v' cannot be replaced on PostgreSQL\n"
            "  hint: drop it and create it again");
}

TEST(PostgresDdl, WritesFunctionsTriggersAndExtensions) {
  EXPECT_EQ(written(ops::CreateFunction{{"f", "", "CREATE FUNCTION f() ...;\n"}}),
            (Lines{"CREATE FUNCTION f() ..."}));
  EXPECT_EQ(written(ops::DropFunction{"f"}), (Lines{"DROP FUNCTION f"}));
  EXPECT_EQ(written(ops::DropFunction{"f", "integer, text", true}),
            (Lines{"DROP PROCEDURE f(integer, text)"}));
  ops::DropFunction known{"f"};
  known.was = Function{};
  EXPECT_EQ(written(known), (Lines{"DROP FUNCTION f()"}));
  EXPECT_EQ(written(ops::DropTrigger{"tr", {"app", "t"}, true}),
            (Lines{"DROP TRIGGER IF EXISTS tr ON app.t"}));
  EXPECT_EQ(
      written(ops::CreateExtension{{"uuid-ossp", "ext", "1.1"}, true, true}),
      (Lines{"CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" SCHEMA ext VERSION '1.1' CASCADE"}));
}

TEST(PostgresDdl, WritesSmallThings) {
  EXPECT_EQ(written(ops::SetTableSchema{"t", "App"}), (Lines{"ALTER TABLE t SET SCHEMA \"App\""}));
  EXPECT_EQ(written(ops::RenameIndex{{"app", ""}, "a", "b"}),
            (Lines{"ALTER INDEX app.a RENAME TO b"}));
  EXPECT_EQ(written(ops::RenameConstraint{"t", "a", "b"}),
            (Lines{"ALTER TABLE t RENAME CONSTRAINT a TO b"}));
  EXPECT_EQ(written(ops::ValidateConstraint{"t", "a"}),
            (Lines{"ALTER TABLE t VALIDATE CONSTRAINT a"}));
  EXPECT_EQ(written(ops::RenameTable{"t", "u", true}),
            (Lines{"ALTER TABLE IF EXISTS t RENAME TO u"}));
  EXPECT_EQ(written(ops::DropSchema{"s", true, true}), (Lines{"DROP SCHEMA IF EXISTS s CASCADE"}));
  EXPECT_EQ(written(ops::CreateDomain{{{"App", "code"}, "AS text CHECK (VALUE <> '')"}}),
            (Lines{"CREATE DOMAIN \"App\".code AS text CHECK (VALUE <> '')"}));
  EXPECT_EQ(written(ops::DropDomain{"code", true, true}),
            (Lines{"DROP DOMAIN IF EXISTS code CASCADE"}));
  EXPECT_EQ(written(ops::RenameType{{"app", "mood"}, "Mood"}),
            (Lines{"ALTER TYPE app.mood RENAME TO \"Mood\""}));
  EXPECT_EQ(written(ops::SetPartition{"day", model::PartitionOf{"days", "DEFAULT"},
                                      model::PartitionOf{"months", "FOR VALUES IN (1)"}}),
            (Lines{"ALTER TABLE months DETACH PARTITION day",
                   "ALTER TABLE days ATTACH PARTITION day DEFAULT"}));
  EXPECT_EQ(
      written(ops::SetTableOptions{
          "t",
          {.unlogged = true, .with = {{"fillfactor", "70"}, {"autovacuum_enabled", "off"}}},
          ops::TableOptions{.tablespace = "fast",
                            .with = {{"fillfactor", "50"}, {"toast.autovacuum_enabled", "off"}}}}),
      (Lines{"ALTER TABLE t SET UNLOGGED", "ALTER TABLE t SET TABLESPACE pg_default",
             "ALTER TABLE t RESET (toast.autovacuum_enabled)",
             "ALTER TABLE t SET (fillfactor = 70, autovacuum_enabled = off)"}));
  EXPECT_EQ(written(ops::RenameEnumValue{"mood", "a", "it's"}),
            (Lines{"ALTER TYPE mood RENAME VALUE 'a' TO 'it''s'"}));
  EXPECT_EQ(writer().literal_text(Blob{std::byte{0}, std::byte{255}}), "'\\x00ff'");
}

TEST(PostgresDdl, WritesComments) {
  using ops::CommentOn;
  EXPECT_EQ(written(ops::SetComment{CommentOn::Constraint, {"app", "t"}, "Ck", "it's", {}}),
            (Lines{"COMMENT ON CONSTRAINT \"Ck\" ON app.t IS 'it''s'"}));
  EXPECT_EQ(written(ops::SetComment{CommentOn::Index, {"app", "t"}, "ix", {}, "x"}),
            (Lines{"COMMENT ON INDEX app.ix IS NULL"}));
  EXPECT_EQ(written(ops::SetComment{CommentOn::Enum, "mood", "", "x", {}}),
            (Lines{"COMMENT ON TYPE mood IS 'x'"}));
  EXPECT_EQ(written(ops::SetComment{CommentOn::View, "v", "", "x", {}}),
            (Lines{"COMMENT ON VIEW v IS 'x'"}));
  EXPECT_EQ(written(ops::SetComment{CommentOn::MaterializedView, "v", "", "x", {}}),
            (Lines{"COMMENT ON MATERIALIZED VIEW v IS 'x'"}));
}

TEST(PostgresDdl, RefusesWhatTheServerWouldDoWrong) {
  EXPECT_EQ(refusal<UsageError>(ops::DropTable{std::string(64, 'x')}),
            "the name '" + std::string(64, 'x') +
                "' has 64 bytes, PostgreSQL allows 63\n"
                "  hint: the server would cut it silently; choose a shorter one");
  EXPECT_EQ(refusal<UsageError>(ops::DropTable{""}), "a name is empty");
  const ops::AddConstraint key{
      "t", ForeignKey{.columns = {"a"}, .referred_table = "u", .on_delete = "DESTROY"}};
  EXPECT_EQ(refusal<UsageError>(key),
            "ON DELETE: unknown word 'DESTROY', expected one of 'CASCADE', 'SET NULL', 'SET "
            "DEFAULT', 'RESTRICT', 'NO ACTION'");
  ops::AddColumn add{"t", make_column("t", C("b", Integer()).computed("a", false)).column};
  EXPECT_EQ(refusal<NotSupported>(add),
            "PostgreSQL has no virtual generated columns\n"
            "  hint: leave `persisted` out or set it to true");
  add.insert_after = "a";
  EXPECT_EQ(refusal<NotSupported>(add),
            "column 'b' cannot be placed inside table 't': PostgreSQL adds columns at the end\n"
            "  hint: leave insert_before and insert_after out");
}

TEST(PostgresDdl, WritesParametersAsLiterals) {
  const ops::ExecuteSql execute{"SELECT :a, ':b', x::int, $$:c$$, \\:d; SELECT :a",
                                {{"a", std::string("it's")}}};
  EXPECT_EQ(written(execute),
            (Lines{"SELECT 'it''s', ':b', x::int, $$:c$$, :d", "SELECT 'it''s'"}));
  EXPECT_EQ(refusal<UsageError>(ops::ExecuteSql{"SELECT :b", {{"a", true}}}),
            "the placeholder ':b' has no value\n  hint: write '\\:' where a plain colon is meant");
  EXPECT_EQ(refusal<UsageError>(ops::ExecuteSql{"SELECT 1", {{"a", true}}}),
            "parameter 'a' is not used by the statement");
}

}  // namespace
}  // namespace cupel::dialect::postgres
