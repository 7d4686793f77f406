// SPDX-License-Identifier: MIT
// What must hold for every table and every change, tried on random ones: creating and inspecting is
// the identity, changing a database equals changing the model, rows survive, reversing undoes.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "cupel/model/define.hpp"
#include "dialect/sqlite/database_testing.hpp"

namespace cupel::dialect::sqlite {
namespace {

using model::Column;
using model::Table;

/// The table in the form that comparisons use.
std::string comparable(const Table& table) {
  return model::to_string(model::normalized(as_stored(table)));
}

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  int below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
  bool chance(int percent) { return below(100) < percent; }
  template <typename T>
  const T& one_of(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }

 private:
  std::mt19937 engine_;
};

model::Type random_type(Random& random) {
  return random.one_of<model::Type>({model::Integer(), model::Text(), model::String(20),
                                     model::Numeric(10, 2), model::LargeBinary(), model::Boolean(),
                                     model::Text("NOCASE"), model::Type(), model::Named("INT"),
                                     model::DateTime(), model::Json(), model::Float()});
}

Column random_column(Random& random, const std::string& name) {
  Column column{.name = name, .type = random_type(random)};
  if (random.chance(40))
    column.server_default = random.one_of<model::Expression>(
        {model::literal("x"), model::text("7"), model::now(), model::text("1 + 2"),
         model::true_value(), model::text("-3")});
  column.nullable = !(column.server_default && random.chance(50));
  if (!column.nullable && random.chance(30)) column.not_null_conflict = "IGNORE";
  return column;
}

std::string name_of(Random& random) {
  return random.one_of<std::string>({"a", "b", "select", "d e", "F"});
}

model::Index random_index(Random& random, const std::string& column) {
  model::Index index;
  index.name = "ix" + std::to_string(random.below(1000));
  if (random.chance(20)) {
    index.elements = {model::expression("coalesce(k, 0)")};
  } else {
    index.elements = {column};
  }
  index.elements[0].descending = random.chance(30);
  if (random.chance(20)) index.elements[0].collation = "RTRIM";
  if (random.chance(30)) index.where = "k > 1";
  return index;
}

void add_random_key(Random& random, Table& table) {
  table.columns.insert(table.columns.begin(),
                       {.name = "k", .type = model::Integer(), .nullable = false});
  if (random.chance(20)) return;
  table.primary_key = model::PrimaryKey{.columns = {"k"}, .name = random.chance(30) ? "pk" : ""};
  const int kind = random.below(4);
  table.autoincrement = kind == 0;
  table.without_rowid = kind == 1;
  if (kind == 2) table.columns[0].type = model::Named("INT");
}

Table random_table(Random& random) {
  Table table;
  table.name = random.chance(50) ? "t" : "My \"Table";
  for (const char* name : {"a", "b", "select", "d e", "F"})
    if (random.chance(70)) table.columns.push_back(random_column(random, name));
  add_random_key(random, table);
  if (random.chance(30))
    table.columns.push_back({.name = "g", .computed = model::Computed{"k * 2", random.chance(50)}});
  const std::string& column = random.one_of(table.columns).name;
  if (random.chance(40))
    table.constraints.emplace_back(model::CheckConstraint{.expression = "k > 0",
                                                          .name = random.chance(50) ? "ck" : "",
                                                          .column = random.chance(50) ? "k" : ""});
  if (random.chance(40))
    table.constraints.emplace_back(model::UniqueConstraint{
        .columns = {"k", column}, .name = "uq", .on_conflict = random.chance(30) ? "REPLACE" : ""});
  if (random.chance(40))
    table.constraints.emplace_back(model::ForeignKey{.columns = {"k"},
                                                     .referred_table = "parent",
                                                     .referred_columns = {"id"},
                                                     .name = "fk",
                                                     .on_delete = "CASCADE",
                                                     .deferral = {true, "DEFERRED"}});
  if (random.chance(50)) table.indexes.push_back(random_index(random, column));
  return table;
}

ops::TableChange random_change(Random& random, const Table& table) {
  const std::string name = random.chance(80) ? random.one_of(table.columns).name : name_of(random);
  switch (random.below(10)) {
    case 0:
    case 1: {
      ops::AddColumn add{.column = random_column(random, "n" + std::to_string(random.below(9)))};
      if (random.chance(30)) add.insert_before = name;
      return add;
    }
    case 2:
      return ops::DropColumn{.column = name};
    case 3:
      return ops::AlterColumn{.column = name, .new_name = "r" + std::to_string(random.below(9))};
    case 4:
      return ops::AlterColumn{.column = name, .nullable = random.chance(50)};
    case 5:
      return ops::AlterColumn{
          .column = name, .type = random_type(random), .server_default = nullptr};
    case 6:
      return ops::AlterColumn{
          .column = name, .server_default = model::text("k2(1)"), .new_name = "q"};
    case 7:
      return ops::AddConstraint{
          .constraint = model::CheckConstraint{.expression = "k < 1000",
                                               .name = "c" + std::to_string(random.below(9))}};
    case 8:
      return ops::DropConstraint{.name = random.one_of<std::string>({"ck", "uq", "fk", "pk"})};
    default:
      return ops::CreateIndex{.index = random_index(random, name)};
  }
}

void fill(TestDatabase& database, const Table& table) {
  database.run("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
  for (int row = 1; row <= 5; ++row) {
    ops::BulkInsert insert{.table = table.name};
    std::vector<Value> values;
    for (const Column& column : table.columns) {
      if (column.computed || (column.nullable && row == 3)) continue;
      insert.columns.push_back(column.name);
      values.emplace_back(column.name == "k" ? Value(std::int64_t{row * 10})
                                             : Value("v" + std::to_string(row)));
    }
    insert.rows = {values};
    database.run("INSERT INTO parent VALUES (" + std::to_string(row * 10) + ")");
    database.apply(insert);
  }
}

/// The rows, in the columns that are the same in both tables.
std::string rows_of(TestDatabase& database, const Table& before, const Table& after) {
  std::string columns = "'row'";
  for (const Column& column : before.columns) {
    const Column* same = after.find_column(column.name);
    if (same == nullptr || *same != column || column.computed) continue;
    columns += ", quote(" + writer().quote(std::string_view(column.name)) + ")";
  }
  std::vector<std::string> rows =
      text::split(database.rows("SELECT " + columns + " FROM " + writer().quote(after.name)), '\n');
  std::sort(rows.begin(), rows.end());
  return text::join(rows, "\n");
}

class SqliteLaws : public testing::TestWithParam<unsigned> {};

TEST_P(SqliteLaws, InspectingWhatWasCreatedGivesItAgain) {
  Random random(GetParam());
  for (int round = 0; round < 20; ++round) {
    const Table table = random_table(random);
    TestDatabase database;
    database.apply(ops::CreateTable{table});
    EXPECT_EQ(model::to_string(model::normalized(*database.inspect().find_table(table.name))),
              comparable(table));
  }
}

TEST_P(SqliteLaws, ChangingTheDatabaseEqualsChangingTheModel) {
  Random random(GetParam());
  int changed = 0;
  for (int round = 0; round < 20; ++round) {
    const Table table = random_table(random);
    TestDatabase database;
    database.apply(ops::CreateTable{table});
    fill(database, table);
    ops::AlterTable batch{.table = table.name};
    if (random.chance(30)) batch.recreate = ops::Recreate::Always;
    model::Schema expected = database.inspect();
    const Table before = *expected.find_table(table.name);
    try {
      for (int i = random.below(4); i >= 0 && !expected.find_table(table.name)->columns.empty();
           --i) {
        ops::TableChange change = random_change(random, *expected.find_table(table.name));
        model::Schema changed_schema = expected;
        ops::apply(ops::AlterTable{.table = table.name, .changes = {change}}, changed_schema);
        expected = std::move(changed_schema);
        batch.changes.push_back(std::move(change));
      }
    } catch (const UsageError&) {
      // This change is impossible for the model; those before it are tried.
    }
    const Table after = *expected.find_table(table.name);
    const std::string rows = rows_of(database, before, after);
    const std::string stored = database.stored();
    try {
      database.apply(batch);
    } catch (const Error& error) {
      EXPECT_EQ(database.stored(), stored) << error.what();
      continue;
    }
    ++changed;
    EXPECT_EQ(model::to_string(model::normalized(*database.inspect().find_table(table.name))),
              comparable(after));
    EXPECT_EQ(rows_of(database, before, after), rows);
  }
  EXPECT_GE(changed, 10);
}

TEST_P(SqliteLaws, ReversingUndoes) {
  Random random(GetParam());
  for (int round = 0; round < 20; ++round) {
    const Table table = random_table(random);
    TestDatabase database;
    database.apply(ops::CreateTable{table});
    fill(database, table);
    ops::AlterTable batch{.table = table.name, .changes = {random_change(random, table)}};
    const std::optional<ops::Operation> reversed = ops::reverse(batch);
    if (!reversed) continue;
    const Table before = *database.inspect().find_table(table.name);
    const std::string rows = rows_of(database, before, before);
    if (database.error_of(batch) != "no error") continue;
    database.apply(*reversed);
    const Table after = *database.inspect().find_table(table.name);
    EXPECT_EQ(model::to_string(model::normalized(after)),
              model::to_string(model::normalized(before)));
    EXPECT_EQ(rows_of(database, before, before), rows);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SqliteLaws, testing::Range(1u, 9u));

}  // namespace
}  // namespace cupel::dialect::sqlite
