// SPDX-License-Identifier: MIT
#include "cupel/model/define.hpp"

#include <gtest/gtest.h>

#include "cupel/base/error.hpp"

namespace cupel::model {
namespace {

using C = ColumnDefinition;

const NamingConvention kFull{.ix = "ix_%(column_0_label)s",
                             .uq = "uq_%(table_name)s_%(column_0_name)s",
                             .ck = "ck_%(table_name)s_%(constraint_name)s",
                             .fk = "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                             .pk = "pk_%(table_name)s"};

std::string made(const std::vector<TableItem>& items, const NamingConvention& convention = {}) {
  return to_string(make_table("t", items, convention));
}
std::string error_of(const std::vector<TableItem>& items) {
  try {
    return made(items);
  } catch (const UsageError& error) {
    return error.to_string();
  }
}

}  // namespace

TEST(ModelDefine, FlagsBecomeConstraintsAndIndexes) {
  EXPECT_EQ(made({C("id", Integer()).primary_key(), C("e", String(9)).unique(),
                  C("p", Integer()).references("p.id", {.on_delete = "CASCADE"}).index()}),
            "table t\n"
            "  column id Integer not null\n"
            "  column e String(9)\n"
            "  column p Integer\n"
            "  primary key (id)\n"
            "  unique constraint (e)\n"
            "  foreign key (p) references p (id) on delete cascade\n"
            "  index ix_t_p (p)");
}

TEST(ModelDefine, TheConventionNamesEverything) {
  EXPECT_EQ(
      made({C("id", Integer()).primary_key(), C("e", String(9)).unique(),
            C("p", Integer()).references("p.id").index(), C("x", Integer()).check("x > 0", "cc1"),
            named(f("cc2"), CheckConstraint{"x > 1"}), CheckConstraint{"x > 2", "cc3"}},
           kFull),
      "table t\n"
      "  column id Integer not null\n"
      "  column e String(9)\n"
      "  column p Integer\n"
      "  column x Integer\n"
      "  primary key pk_t (id)\n"
      "  check constraint cc2 (x > 1)\n"
      "  check constraint ck_t_cc3 (x > 2)\n"
      "  unique constraint uq_t_e (e)\n"
      "  foreign key fk_t_p_p (p) references p (id)\n"
      "  check constraint ck_t_cc1 (x > 0) at column x\n"
      "  index ix_t_p (p)");
}

TEST(ModelDefine, ColumnsOfAnExplicitPrimaryKeyBecomeNotNull) {
  EXPECT_EQ(made({C("a", Integer()), C("b", Integer()), named("pk_t", PrimaryKey{{"a", "b"}})}),
            "table t\n"
            "  column a Integer not null\n"
            "  column b Integer not null\n"
            "  primary key pk_t (a, b)");
}

TEST(ModelDefine, UniqueWithIndexIsAUniqueIndex) {
  EXPECT_EQ(made({C("a", Integer()).unique().index()}),
            "table t\n  column a Integer\n  unique index ix_t_a (a)");
}

TEST(ModelDefine, EnumsAsVarcharGetTheirCheckEverywhere) {
  EXPECT_EQ(made({C("data", Enum({"one", "it's"}, "e").as_varchar(true))}),
            "table t\n"
            "  column data Enum('one', 'it''s', e) as varchar\n"
            "  check constraint e (data IN ('one', 'it''s'))");
}

TEST(ModelDefine, OtherTypesKeepTheirCheckForTheDatabaseThatNeedsIt) {
  Type flag = Boolean();
  flag.create_constraint = true;
  flag.constraint_name = "foo";
  const Table table = make_table("t", {C("order", flag)}, kFull);
  EXPECT_TRUE(table.constraints.empty());
  EXPECT_EQ(type_check(table.columns[0]),
            (CheckConstraint{.expression = "\"order\" IN (0, 1)", .name = "ck_t_foo"}));

  Enum mood({"a"}, "mood");
  mood.create_constraint = true;
  const LoweredColumn column = make_column("t", C("m", mood));
  EXPECT_EQ(type_check(column.column), (CheckConstraint{"m IN ('a')", "mood"}));
  EXPECT_EQ(type_check(make_column("t", C("m", Integer())).column), std::nullopt);
}

TEST(ModelDefine, NativeEnumsWithoutANameAreCalledByTableAndColumn) {
  EXPECT_EQ(make_column({"app", "t"}, C("m", Enum({"a"}))).column.type.name, "t_m");
  EXPECT_EQ(make_column("t", C("m", Array(Enum({"a"})))).column.type.element[0].name, "t_m");
}

TEST(ModelDefine, AColumnAloneSaysWhatMustFollow) {
  const LoweredColumn lowered = make_column(
      "t", C("c", Integer()).unique().check("c > 5").references("app.c2.id", {.name = f("x")}));
  ASSERT_EQ(lowered.checks.size(), 1u);
  EXPECT_EQ(lowered.checks[0], (CheckConstraint{.expression = "c > 5", .column = "c"}));
  ASSERT_EQ(lowered.constraints.size(), 2u);
  EXPECT_EQ(to_string(lowered.constraints[0]), "unique constraint (c)");
  EXPECT_EQ(to_string(lowered.constraints[1]), "foreign key x (c) references app.c2 (id)");
  EXPECT_FALSE(lowered.is_primary_key);
  EXPECT_TRUE(make_column("t", C("c", Integer()).primary_key()).is_primary_key);
}

TEST(ModelDefine, AllProblemsComeAtOnce) {
  EXPECT_EQ(
      error_of(
          {C("user_id", Integer()), C("user_id", Integer()), UniqueConstraint{{"userid"}, "uq"}}),
      "table 't', column 'user_id': is there twice\n"
      "  note: table 't': unique constraint uq (userid): there is no column 'userid', did you "
      "mean 'user_id'?");
}

TEST(ModelDefine, TwoPrimaryKeysAreRefusedUnlessTheySayTheSame) {
  EXPECT_EQ(error_of({C("a", Integer()).primary_key(), C("b", Integer()), PrimaryKey{{"b"}}}),
            "table 't' has two primary keys: (a) and (b)\n"
            "  hint: name all columns of the key in one PrimaryKey, or mark each of them");
  EXPECT_EQ(made({C("a", Integer()).primary_key(), named(f("pk"), PrimaryKey{{"a"}})}),
            "table t\n  column a Integer not null\n  primary key pk (a)");
}

TEST(ModelDefine, NumbersOnlyALoneIntegerKey) {
  const auto numbers = [](std::vector<TableItem> items) {
    const Table table = make_table("t", items);
    return table.is_autoincrement(table.columns[0]);
  };
  EXPECT_TRUE(numbers({C("id", BigInteger()).primary_key()}));
  EXPECT_FALSE(numbers({C("id", Integer())}));
  EXPECT_FALSE(numbers({C("id", String(9)).primary_key()}));
  EXPECT_FALSE(numbers({C("id", Integer()).primary_key().autoincrement(false)}));
  EXPECT_FALSE(numbers({C("id", Integer()).primary_key().server_default("1")}));
  EXPECT_FALSE(numbers({C("id", Integer()).primary_key().identity()}));
  EXPECT_FALSE(numbers({C("id", Integer()).primary_key().references("u.id")}));
  EXPECT_FALSE(numbers({C("a", Integer()).primary_key(), C("b", Integer()).primary_key()}));
  EXPECT_TRUE(numbers(
      {C("a", Integer()).primary_key().autoincrement(true), C("b", Integer()).primary_key()}));
}

}  // namespace cupel::model
