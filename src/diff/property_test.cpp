// SPDX-License-Identifier: MIT
// The laws on pairs of random schemas: the operations lead from one to the other, nothing differs
// then, and the way back leads to the start.
#include <random>

#include "diff/testing.hpp"

namespace cupel::diff {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)
using model::Column;
using model::Table;

/// Schemas of few names, so that two of them have much in common.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  Schema schema() {
    Schema schema;
    if (chance(30)) schema.schemas = {"app"};
    if (chance(20)) schema.extensions = {{"citext", "", ""}};
    for (const char* name : {"mood", "size"}) {
      if (chance(60)) schema.enums.push_back({name, values(), chance(20) ? "words" : ""});
    }
    if (chance(40)) schema.domains = {{"code", chance(50) ? "text" : "text NOT NULL"}};
    if (chance(40)) {
      schema.functions = {
          {"f", "integer", "CREATE FUNCTION f(integer) AS $$SELECT " + number() + "$$"}};
    }
    enums_ = schema.enums;
    has_domain_ = !schema.domains.empty();
    for (const char* name : {"a", "b", "c", "d", "e"}) {
      if (chance(70)) schema.tables.push_back(table(name));
    }
    if (!schema.schemas.empty() && chance(70)) schema.tables.push_back(table({"app", "a"}));
    for (Table& it : schema.tables) add_foreign_keys(it, schema);
    add_objects(schema);
    return schema;
  }

  /// A few things are different.
  Schema changed(Schema schema) {
    for (int i = 0; i < 3; ++i) {
      Schema other = this->schema();
      if (schema.tables.empty()) return other;
      Table& table = schema.tables[below(schema.tables.size())];
      switch (below(4)) {
        case 0:
          std::shuffle(table.columns.begin(), table.columns.end(), random_);
          break;
        case 1:
          table.comment = chance(50) ? "other words" : "";
          break;
        case 2:
          schema.views = other.views;
          break;
        default:
          table.indexes.clear();
      }
    }
    return schema;
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  bool chance(unsigned percent) { return random_() % 100 < percent; }
  std::string number() { return std::to_string(below(3)); }
  template <typename T>
  T one_of(std::initializer_list<T> list) {
    return *(list.begin() + static_cast<std::ptrdiff_t>(below(list.size())));
  }

  std::vector<std::string> values() {
    std::vector<std::string> all = {"low", "middle", "high", "none"};
    std::shuffle(all.begin(), all.end(), random_);
    if (chance(60)) std::sort(all.begin(), all.end());
    all.resize(1 + below(all.size()));
    return all;
  }

  model::Type type() {
    using namespace model;  // NOLINT(google-build-using-namespace)
    if (!enums_.empty() && chance(20)) {
      const EnumType& it = enums_[below(enums_.size())];
      Type result = Enum(it.values, it.name.name);
      result.create_type = false;
      return chance(25) ? Array(result) : result;
    }
    if (has_domain_ && chance(10)) return Named("code");
    return one_of<Type>({Integer(), BigInteger(), String(10), String(20), Text(), Text("C"), Date(),
                         DateTime(), DateTime(kWithTimezone), Numeric(10, 2), Boolean(), Uuid(),
                         Array(Integer())});
  }

  Column column(const std::string& name) {
    Column column{.name = name, .type = type(), .nullable = chance(60)};
    if (chance(15)) {
      column.computed = model::Computed{"id + " + number(), true};
    } else if (chance(10) && model::is_integer(column.type)) {
      column.identity = model::Identity{.always = chance(50)};
      column.nullable = false;
    } else if (chance(30)) {
      column.server_default = one_of({model::literal("x"), model::literal("y"),
                                      model::text("now()"), model::text("f(1)"), model::now()});
      if (is_enum(column.type)) column.server_default = model::literal(column.type.values[0]);
    }
    if (chance(10)) column.comment = "a column";
    return column;
  }
  static bool is_enum(const model::Type& type) { return type.kind == model::TypeKind::Enum; }

  Table table(const model::ObjectName& name) {
    Table table;
    table.name = name;
    table.columns.push_back({.name = "id",
                             .type = one_of<model::Type>({model::Integer(), model::BigInteger()}),
                             .nullable = false});
    for (const char* it : {"p", "q", "r", "s", "t"}) {
      if (chance(60)) table.columns.push_back(column(it));
    }
    const std::string prefix = name.schema + name.name;
    if (chance(80)) {
      table.primary_key = model::PrimaryKey{{"id"}, chance(50) ? prefix + "_pkey" : prefix + "_pk"};
    }
    for (int i = 0; i < 3; ++i) add_constraint(table, prefix + std::to_string(i));
    for (int i = 0; i < 3; ++i) add_index(table, "ix_" + prefix + std::to_string(i));
    if (chance(10)) table.comment = "a table";
    if (chance(5)) table.unlogged = true;
    if (chance(5)) table.with = {{"fillfactor", "7" + number()}};
    return table;
  }

  std::string any_column(const Table& table) {
    return table.columns[below(table.columns.size())].name;
  }

  void add_constraint(Table& table, const std::string& name) {
    const std::string column = any_column(table);
    switch (below(5)) {
      case 0:
        table.constraints.emplace_back(model::UniqueConstraint{
            .columns = {column}, .name = "uq_" + name, .nulls_not_distinct = chance(20)});
        break;
      case 1:
        table.constraints.emplace_back(
            model::CheckConstraint{.expression = column + " <> " + number(),
                                   .name = "ck_" + name,
                                   .no_inherit = chance(10)});
        break;
      case 2:
        if (chance(30)) {
          table.constraints.emplace_back(model::ExcludeConstraint{
              {{column, "", "=", ""}}, "ex_" + name, "", "id > " + number()});
        }
        break;
      default:
        break;
    }
  }

  void add_index(Table& table, const std::string& name) {
    if (chance(50)) return;
    model::Index index;
    index.name = name;
    index.elements = {any_column(table)};
    if (chance(20)) index.elements = {model::expression("lower(" + any_column(table) + ")")};
    index.unique = chance(20);
    if (chance(20)) index.where = any_column(table) + " IS NOT NULL";
    if (chance(20)) index.elements[0].descending = true;
    if (chance(10)) index.comment = "an index";
    table.indexes.push_back(std::move(index));
  }

  void add_foreign_keys(Table& table, const Schema& schema) {
    for (int i = 0; i < 2; ++i) {
      if (chance(50)) continue;
      const Table& other = schema.tables[below(schema.tables.size())];
      const std::string prefix = table.name.schema + table.name.name;
      table.constraints.emplace_back(
          model::ForeignKey{.columns = {any_column(table)},
                            .referred_table = other.name,
                            .referred_columns = {other.columns[below(other.columns.size())].name},
                            .name = "fk_" + prefix + std::to_string(i),
                            .on_delete = chance(30) ? "CASCADE" : ""});
    }
  }

  void add_objects(Schema& schema) {
    for (const char* name : {"v", "w", "x"}) {
      if (schema.tables.empty() || chance(50)) continue;
      const Table& table = schema.tables[below(schema.tables.size())];
      model::View view{
          .name = name,
          .definition = "SELECT " + any_column(table) + ", id FROM " +
                        (schema.views.empty() || chance(60) ? table.name.name
                                                            : schema.views.back().name.name)};
      view.materialized = chance(30);
      if (chance(20)) view.comment = "a view";
      schema.views.push_back(std::move(view));
    }
    for (const Table& table : schema.tables) {
      if (chance(70)) continue;
      schema.triggers.push_back({"tr", table.name,
                                 "CREATE TRIGGER tr AFTER UPDATE OF " + any_column(table) + " ON " +
                                     table.name.name + " EXECUTE FUNCTION f()"});
    }
    for (const char* name : {"n", "m"}) {
      if (chance(60)) continue;
      model::Sequence sequence;
      sequence.name = name;
      if (chance(50)) sequence.increment = 2;
      if (!schema.tables.empty() && chance(50)) {
        const Table& table = schema.tables[below(schema.tables.size())];
        if (table.name.schema.empty()) sequence.owned_by = table.name.name + ".id";
      }
      schema.sequences.push_back(std::move(sequence));
    }
  }

  std::mt19937 random_;
  std::vector<model::EnumType> enums_;
  bool has_domain_ = false;
};

/// Every question answered with no.
Options denying(const Schema& from, const Schema& to, const DiffRules& rules) {
  Options options;
  for (const RenameQuestion& it : compare(from, to, rules).questions) {
    options.not_renames.push_back(it.rename);
  }
  return options;
}

void expect_lawful(unsigned seed, const DiffRules& rules) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  Generator generator(seed);
  const Schema from = generator.schema();
  const Schema to = generator.schema();
  lawful({}, from, rules);
  lawful(from, {}, rules);
  EXPECT_TRUE(lawful(from, from, rules).empty());
  lawful(from, to, rules, denying(from, to, rules));
  const Schema near = generator.changed(from);
  lawful(from, near, rules, denying(from, near, rules));
}

constexpr unsigned kPairs = 300;

TEST(DiffProperty, LawsHold) {
  for (unsigned seed = 0; seed < kPairs && !::testing::Test::HasFailure(); ++seed) {
    expect_lawful(seed, DiffRules());
  }
}

TEST(DiffProperty, LawsHoldWhereThingsAreReplaced) {
  for (unsigned seed = 0; seed < kPairs && !::testing::Test::HasFailure(); ++seed) {
    expect_lawful(kPairs + seed, ReplacingRules());
  }
}

TEST(DiffProperty, LawsHoldWhereTablesAreRebuilt) {
  for (unsigned seed = 0; seed < kPairs && !::testing::Test::HasFailure(); ++seed) {
    expect_lawful(2 * kPairs + seed, RebuildingRules());
  }
}

}  // namespace
}  // namespace cupel::diff
