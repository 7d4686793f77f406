// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "cupel/base/error.hpp"
#include "cupel/ops/services.hpp"
#include "ops/samples_testing.hpp"

namespace cupel::ops {
namespace {

using C = model::ColumnDefinition;
using model::Integer;
using model::make_table;
using model::Schema;
using model::Table;

Schema with(std::vector<Table> tables) {
  Schema schema;
  schema.tables = std::move(tables);
  return schema;
}
/// The schema as text after the operations.
std::string after(Schema schema, const std::vector<Operation>& operations) {
  for (const Operation& op : operations) apply(op, schema);
  return to_string(schema);
}
std::string error_of(const Operation& op, Schema schema = sample_schema()) {
  try {
    apply(op, schema);
    return "no error";
  } catch (const UsageError& error) {
    return error.to_string();
  }
}

Table everything() {
  Table table = make_table(
      "t",
      {C("a", Integer()), C("b", Integer()), C("c", Integer()).computed("b + 1"), C("d", Integer()),
       model::PrimaryKey{{"d"}, "pk"}, model::UniqueConstraint{.columns = {"a", "b"}, .name = "uq"},
       model::UniqueConstraint{.columns = {"b"}, .name = "uq_b", .include = {"a"}},
       model::CheckConstraint{.expression = "a > 0", .name = "ck_a"},
       model::CheckConstraint{.expression = "b > 0", .name = "ck_b"},
       model::ExcludeConstraint{
           .elements = {{.expression = "int4range(a, b)", .with_operator = "&&"}}, .name = "ex"},
       model::ForeignKey{
           .columns = {"b"}, .referred_table = "t", .referred_columns = {"a"}, .name = "fk_self"},
       sample_index("ix_a", "a"), sample_index("ix_lower", model::expression("abs(a)")),
       sample_index("ix_b", "b")});
  table.indexes.push_back(sample_index("ix_where", "b"));
  table.indexes.back().where = "a IS NOT NULL";
  return table;
}

}  // namespace

TEST(OpsApply, RenamingATypeRenamesItsUses) {
  Schema schema = with({make_table(
      "t", {C("a", model::Array(model::Enum({"x"}, "mood"))),
            C("b", model::Enum({"x"}, "mood")).server_default(model::text("'x'::mood")),
            model::CheckConstraint{.expression = "b <> 'mood'::app.mood AND mood(b)", .name = "ck"},
            sample_index("ix", model::expression("(b = 'x'::mood)"))})});
  schema.enums = {{"mood", {"x"}, ""}};
  EXPECT_EQ(after(schema, {RenameType{"mood", "Mood"}}),
            "enum Mood ('x')\n"
            "table t\n"
            "  column a Array(Enum('x', Mood))\n"
            "  column b Enum('x', Mood) default 'x'::\"Mood\"\n"
            "  check constraint ck (b <> 'mood'::app.mood AND mood(b))\n"
            "  index ix (((b = 'x'::\"Mood\")))");
  EXPECT_EQ(error_of(RenameType{"mood", "code"}), "type 'code' is already there");
  EXPECT_EQ(error_of(DropDomain{.name = "code"}),
            "domain 'code' is used by column 'code' of table 'posts'\n"
            "  hint: drop the column or change its type first");
}

TEST(OpsApply, DroppingAColumnDropsWhateverInvolvesIt) {
  EXPECT_EQ(after(with({everything()}), {DropColumn{.table = "t", .column = "a"}}),
            "table t\n"
            "  column b Integer\n"
            "  column c Integer computed (b + 1)\n"
            "  column d Integer not null\n"
            "  primary key pk (d)\n"
            "  check constraint ck_b (b > 0)\n"
            "  index ix_b (b)");
}

TEST(OpsApply, AComputedColumnHoldsItsSourcesUnlessCascading) {
  EXPECT_EQ(error_of(DropColumn{.table = "t", .column = "b"}, with({everything()})),
            "table 't': column 'b' is used by the computed column 'c'\n"
            "  hint: drop 'c' first");
  EXPECT_EQ(after(with({everything()}), {DropColumn{.table = "t", .column = "b", .cascade = true},
                                         DropColumn{.table = "t", .column = "d"}}),
            "table t\n"
            "  column a Integer\n"
            "  check constraint ck_a (a > 0)\n"
            "  index ix_a (a)\n"
            "  index ix_lower ((abs(a)))");
}

TEST(OpsApply, RenamingAColumnRenamesItEverywhere) {
  Schema schema = with({everything(), make_table("u", {C("x", Integer()).references("t.a")})});
  schema.views = {{.name = "v", .definition = "SELECT a FROM t"},
                  {.name = "w", .definition = "SELECT a FROM z"}};
  schema.triggers = {{"tr", "t", "CREATE TRIGGER tr AFTER UPDATE OF a ON t ..."}};
  EXPECT_EQ(after(schema, {AlterColumn{.table = "t", .column = "a", .new_name = "Z"}}),
            "table t\n"
            "  column Z Integer\n"
            "  column b Integer\n"
            "  column c Integer computed (b + 1)\n"
            "  column d Integer not null\n"
            "  primary key pk (d)\n"
            "  unique constraint uq (Z, b)\n"
            "  unique constraint uq_b (b) include (Z)\n"
            "  check constraint ck_a (\"Z\" > 0)\n"
            "  check constraint ck_b (b > 0)\n"
            "  exclude constraint ex ((int4range(\"Z\", b)) with &&)\n"
            "  foreign key fk_self (b) references t (Z)\n"
            "  index ix_a (Z)\n"
            "  index ix_lower ((abs(\"Z\")))\n"
            "  index ix_b (b)\n"
            "  index ix_where (b) where \"Z\" IS NOT NULL\n"
            "table u\n"
            "  column x Integer\n"
            "  foreign key (x) references t (Z)\n"
            "view v as SELECT \"Z\" FROM t\n"
            "view w as SELECT a FROM z\n"
            "trigger tr on t: CREATE TRIGGER tr AFTER UPDATE OF \"Z\" ON t ...");
}

TEST(OpsApply, AnAmbiguousColumnInAViewIsLeftAlone) {
  Schema schema =
      with({make_table("t", {C("a", Integer())}), make_table("u", {C("a", Integer())})});
  schema.views = {{.name = "v", .definition = "SELECT a FROM t, u"}};
  apply(AlterColumn{.table = "t", .column = "a", .new_name = "b"}, schema);
  EXPECT_EQ(schema.views[0].definition, "SELECT a FROM t, u");
}

TEST(OpsApply, RenamingATableRenamesItEverywhere) {
  Schema schema = sample_schema();
  apply(RenameTable{"users", "people"}, schema);
  const auto key =
      std::get<model::ForeignKey>(*schema.find_table("posts")->find_constraint("fk_posts_user_id"));
  EXPECT_EQ(key.referred_table, "people");
  EXPECT_EQ(schema.views[0].definition, "SELECT email FROM people");
  EXPECT_EQ(schema.sequences[0].owned_by, "people.age");
  apply(RenameTable{"posts", "articles"}, schema);
  EXPECT_EQ(schema.triggers[0].table, "articles");
  EXPECT_EQ(schema.triggers[0].definition,
            "CREATE TRIGGER tr AFTER UPDATE OF title ON articles EXECUTE FUNCTION g()");
}

TEST(OpsApply, AnOwnedSequenceFollowsItsTableAndColumn) {
  Schema schema = sample_schema();
  apply(AlterColumn{.table = "users", .column = "age", .new_name = "years.old"}, schema);
  EXPECT_EQ(schema.sequences[0].owned_by, "users.\"years.old\"");
  apply(SetTableSchema{"users", "app"}, schema);
  EXPECT_EQ(to_string(schema.sequences[0].name), "app.counter");
  apply(DropColumn{.table = {"app", "users"}, .column = "years.old"}, schema);
  EXPECT_TRUE(schema.sequences.empty());
}

TEST(OpsApply, DroppingATableTakesItsTriggersAndOwnSequences) {
  Schema schema = sample_schema();
  apply(DropTable{.table = "posts"}, schema);
  EXPECT_TRUE(schema.triggers.empty());
  EXPECT_EQ(schema.views.size(), 2u);
  apply(DropTable{.table = "users", .cascade = true}, schema);
  EXPECT_TRUE(schema.sequences.empty());
  ASSERT_EQ(schema.views.size(), 1u);
  EXPECT_EQ(schema.views[0].name, "titles");
}

TEST(OpsApply, CascadeDropsForeignKeysThatReferToIt) {
  for (const Operation& op : std::vector<Operation>{
           DropTable{.table = "users", .cascade = true},
           DropColumn{.table = "users", .column = "id", .cascade = true},
           DropConstraint{.table = "users", .name = "pk_users", .cascade = true}}) {
    Schema schema = sample_schema();
    apply(op, schema);
    EXPECT_EQ(schema.find_table("posts")->find_constraint("fk_posts_user_id"), std::nullopt)
        << describe(op);
  }
}

TEST(OpsApply, PartitionsFollowTheirTable) {
  Table parent = make_table("m", {C("id", Integer()), C("day", model::Date())});
  parent.partition_by = "RANGE (day)";
  Table part;
  part.name = "m1";
  part.partition_of = {"m", "DEFAULT"};
  Schema schema = with({parent});
  apply(CreateTable{.table = part}, schema);
  apply(AddColumn{.table = "m", .column = {.name = "x", .type = Integer()}}, schema);
  apply(AlterColumn{.table = "m", .column = "id", .new_name = "no"}, schema);
  apply(RenameTable{"m", "measures"}, schema);
  EXPECT_EQ(to_string(*schema.find_table("m1")),
            "table m1 partition of measures DEFAULT\n"
            "  column no Integer\n"
            "  column day Date\n"
            "  column x Integer");
  EXPECT_EQ(error_of(DropColumn{.table = "measures", .column = "day"}, schema),
            "table 'measures': column 'day' is a part of the partition key");
  apply(DropTable{.table = "measures"}, schema);
  EXPECT_TRUE(schema.tables.empty());
}

TEST(OpsApply, UnnamedConstraintsAnswerToTheNameAServerMakes) {
  const Table table =
      make_table("t", {C("a", Integer()).unique().references("u.id"), C("b", Integer()),
                       C("id", Integer()).primary_key(), model::CheckConstraint{"a > 0"},
                       model::CheckConstraint{"a > 1"}, model::CheckConstraint{"a > b"}});
  for (const char* name : {"t_pkey", "t_a_key", "t_a_fkey", "t_a_check", "t_a_check1", "t_check"}) {
    Schema schema = with({table});
    const std::string before = to_string(schema);
    apply(DropConstraint{.table = "t", .name = name}, schema);
    EXPECT_NE(to_string(schema), before) << name;
  }
  Schema schema = with({table});
  apply(DropConstraint{.table = "t", .name = "t_a_check1"}, schema);
  EXPECT_EQ(to_string(schema).find("a > 1"), std::string::npos);
  apply(DropConstraint{.table = "t", .kind = model::ConstraintKind::Primary}, schema);
  EXPECT_FALSE(schema.tables[0].primary_key);
  EXPECT_EQ(error_of(DropConstraint{.table = "t", .name = "t_b_key"}, schema),
            "table 't': there is no constraint 't_b_key'");
}

TEST(OpsApply, NativeEnumsComeWithTheirFirstColumn) {
  Schema schema;
  const model::Enum mood({"sad"}, "mood");
  apply(CreateTable{.table = make_table("t", {C("m", model::Array(mood))})}, schema);
  apply(AddColumn{.table = "t", .column = {.name = "n", .type = mood}}, schema);
  apply(AddEnumValue{.name = "mood", .value = "ok", .before = "sad"}, schema);
  apply(RenameEnumValue{"mood", "sad", "low"}, schema);
  EXPECT_EQ(to_string(schema),
            "enum mood ('ok', 'low')\n"
            "table t\n"
            "  column m Array(Enum('ok', 'low', mood))\n"
            "  column n Enum('ok', 'low', mood)");
  EXPECT_EQ(error_of(DropEnum{.name = "mood"}, schema),
            "enum 'mood' is used by column 'm' of table 't'\n"
            "  hint: drop the column or change its type first");
  EXPECT_EQ(after(schema, {DropEnum{.name = "mood", .cascade = true}}), "table t");
}

TEST(OpsApply, BatchesPlaceAndReorderColumns) {
  const Schema schema =
      with({make_table("t", {C("id", Integer()), C("x", Integer()), C("y", Integer())})});
  const auto columns = [&](AlterTable op) {
    Schema changed = schema;
    op.table = "t";
    apply(op, changed);
    std::string names;
    for (const model::Column& it : changed.tables[0].columns) names += it.name + " ";
    return names;
  };
  const model::Column g{.name = "g", .type = Integer()};
  EXPECT_EQ(columns({.changes = {AddColumn{.column = g, .insert_before = "x"}}}), "id g x y ");
  EXPECT_EQ(columns({.changes = {AddColumn{.column = g, .insert_after = "id"}}}), "id g x y ");
  EXPECT_EQ(columns({.changes = {AddColumn{.column = g, .insert_after = "y"}}}), "id x y g ");
  EXPECT_EQ(columns({.partial_reordering = {{"x", "id", "y"}}}), "x id y ");
  EXPECT_EQ(columns({.partial_reordering = {{"y", "x"}}}), "id y x ");
  EXPECT_EQ(columns({.changes = {AlterColumn{.column = "x", .new_name = "z"}},
                     .partial_reordering = {{"x", "id"}}}),
            "z y id ");
  EXPECT_EQ(
      error_of(AlterTable{.table = "t", .partial_reordering = {{"x", "y"}, {"y", "x"}}}, schema),
      "table 't': the orders of its columns contradict each other");
  EXPECT_EQ(error_of(AlterTable{.table = "t", .partial_reordering = {{"idd", "y"}}}, schema),
            "table 't': there is no column 'idd'\n  hint: did you mean 'id'?");
}

TEST(OpsApply, BatchesKnowATableFromACopy) {
  const Table copy = make_table("t", {C("id", Integer())});
  const AlterTable op{.table = "t",
                      .changes = {AddColumn{.column = {.name = "x", .type = Integer()}}},
                      .copy_from = copy,
                      .extra_constraints = {model::UniqueConstraint{{"x"}, "uq"}}};
  const std::string expected =
      "table t\n  column id Integer\n  column x Integer\n  unique constraint uq (x)";
  EXPECT_EQ(after({}, {op}), expected);
  Schema other = with({make_table("t", {C("id", model::Text()), C("y", Integer())})});
  AlterTable always = op;
  always.recreate = Recreate::Always;
  EXPECT_EQ(after(other, {always}), expected);
}

TEST(OpsApply, IndexesOfViewsAndOfConstraints) {
  Schema schema = sample_schema();
  apply(CreateIndex{.table = "titles", .index = sample_index("ix_t", "title")}, schema);
  EXPECT_EQ(schema.views[1].indexes.size(), 1u);
  apply(RenameIndex{{}, "ix_t", "ix_u"}, schema);
  apply(DropIndex{.name = "ix_u"}, schema);
  EXPECT_TRUE(schema.views[1].indexes.empty());
  apply(RenameIndex{{}, "pk_users", "pk_new"}, schema);
  EXPECT_EQ(schema.find_table("users")->primary_key->name, "pk_new");
}

TEST(OpsApply, IfExistsAndIfNotExistsAreHonoured) {
  const std::string before = to_string(sample_schema());
  const std::vector<Operation> harmless = {
      CreateTable{.table = *sample_schema().find_table("users"), .if_not_exists = true},
      DropTable{.table = "x", .if_exists = true},
      RenameTable{"x", "y", true},
      AddColumn{.table = "users", .column = {.name = "id"}, .if_not_exists = true},
      DropColumn{.table = "users", .column = "x", .if_exists = true},
      AlterColumn{.table = "users", .column = "x", .nullable = true, .if_exists = true},
      AddConstraint{"users", model::UniqueConstraint{{"id"}, "uq_users_email"}, true},
      DropConstraint{.table = "users", .name = "x", .if_exists = true},
      CreateIndex{
          .table = "posts", .index = sample_index("ix_users_name", "id"), .if_not_exists = true},
      DropIndex{.name = "x", .if_exists = true},
      CreateSchema{"app", true},
      DropSchema{.name = "x", .if_exists = true},
      CreateSequence{sample_sequence("counter", 3), true},
      DropSequence{.name = "x", .if_exists = true},
      CreateEnum{{"mood", {"x"}, ""}, true},
      DropEnum{.name = "x", .if_exists = true},
      AddEnumValue{.name = "mood", .value = "ok", .if_not_exists = true},
      CreateView{.view = {.name = "users"}, .if_not_exists = true},
      DropView{.name = "x", .if_exists = true},
      DropFunction{.name = "x", .if_exists = true},
      DropTrigger{.name = "x", .table = "users", .if_exists = true},
      CreateExtension{.extension = {"citext", "", ""}, .if_not_exists = true},
      DropExtension{.name = "x", .if_exists = true}};
  for (const Operation& op : harmless)
    EXPECT_EQ(after(sample_schema(), {op}), before) << describe(op);
}

TEST(OpsApply, RefusesWhatADatabaseRefuses) {
  EXPECT_EQ(error_of(CreateTable{.table = *sample_schema().find_table("users")}),
            "table 'users' is already there");
  EXPECT_EQ(error_of(RenameTable{"users", "emails"}), "view 'emails' is already there");
  EXPECT_EQ(error_of(DropTable{.table = "user"}),
            "there is no table 'user'\n  hint: did you mean 'users'?");
  EXPECT_EQ(error_of(AddColumn{.table = "users", .column = {.name = "id"}}),
            "table 'users': column 'id' is already there");
  EXPECT_EQ(error_of(AlterColumn{.table = "users", .column = "emai", .nullable = true}),
            "table 'users': there is no column 'emai'\n  hint: did you mean 'email'?");
  EXPECT_EQ(error_of(AlterColumn{.table = "users", .column = "id", .nullable = true}),
            "table 'users': column 'id' is a part of the primary key\n  hint: it cannot be NULL");
  EXPECT_EQ(error_of(AlterColumn{.table = "users", .column = "id", .new_name = "name"}),
            "table 'users': column 'name' is already there");
  EXPECT_EQ(error_of(AddConstraint{"users", model::PrimaryKey{{"email"}}}),
            "table 'users': there is already a primary key");
  EXPECT_EQ(error_of(AddConstraint{"users", model::UniqueConstraint{{"x"}, "uq"}}),
            "table 'users': there is no column 'x'");
  EXPECT_EQ(error_of(AddConstraint{"users", model::UniqueConstraint{{"id"}, "uq_users_email"}}),
            "table 'users': constraint 'uq_users_email' is already there");
  EXPECT_EQ(error_of(CreateIndex{.table = "posts", .index = sample_index("ix_users_name", "id")}),
            "index 'ix_users_name' is already there");
  EXPECT_EQ(
      error_of(DropIndex{.name = "ix_user_name", .table = "users"}),
      "table 'users': there is no index 'ix_user_name'\n  hint: did you mean 'ix_users_name'?");
  EXPECT_EQ(error_of(DropSchema{.name = "app"}),
            "schema 'app' is not empty\n  hint: drop what is in it, or cascade");
  EXPECT_EQ(error_of(DropView{.name = "titles"}), "view 'titles' is materialized");
  EXPECT_EQ(error_of(AddEnumValue{.name = "mood", .value = "x", .before = "sat"}),
            "enum 'mood': there is no value 'sat'\n  hint: did you mean 'sad'?");
  EXPECT_EQ(error_of(CreateFunction{sample_schema().functions[0], {}}),
            "function 'f(integer)' is already there");
  EXPECT_EQ(error_of(CreateTrigger{{"tr", "posts", ""}}),
            "table 'posts': trigger 'tr' is already there");
  EXPECT_EQ(error_of(CreateTrigger{{"tr", "nothing", ""}}), "there is no table 'nothing'");
}

TEST(OpsApply, ReplacingAFunctionNeedsToSaySo) {
  Schema schema = sample_schema();
  const model::Function f{"f", "integer", "create or replace function f(integer) ...", false};
  apply(CreateFunction{f, {}}, schema);
  EXPECT_EQ(schema.functions, std::vector<model::Function>{f});
}

TEST(OpsApply, DroppingASchemaCascades) {
  Schema schema = sample_schema();
  apply(DropSchema{.name = "app", .cascade = true}, schema);
  EXPECT_EQ(schema.find_table({"app", "jobs"}), nullptr);
  EXPECT_EQ(schema.schemas, std::vector<std::string>{"empty"});
}

TEST(OpsApply, ChangesOneTableValue) {
  Table table = make_table("t", {C("id", Integer()).primary_key()});
  apply(AddColumn{.column = {.name = "x", .type = Integer()},
                  .inline_references = model::ForeignKey{.columns = {"x"}, .referred_table = "u"}},
        table);
  apply(SetTableComment{.comment = "c"}, table);
  EXPECT_EQ(to_string(table),
            "table t comment 'c'\n"
            "  column id Integer not null\n"
            "  column x Integer\n"
            "  primary key (id)\n"
            "  foreign key (x) references u");
}

}  // namespace cupel::ops
