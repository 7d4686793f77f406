// SPDX-License-Identifier: MIT
// Constraints and indexes: paired by name, then by meaning; each kind added, removed, changed.
#include "diff/testing.hpp"

namespace cupel::diff {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)
using C = ColumnDefinition;
using model::CheckConstraint;
using model::Constraint;
using model::ExcludeConstraint;
using model::ForeignKey;
using model::Index;
using model::Integer;
using model::PrimaryKey;
using model::UniqueConstraint;

/// Two tables: `t` with columns a and b, and `u`, which it may refer to.
Schema with(std::vector<Constraint> constraints, std::vector<Index> indexes = {},
            std::optional<PrimaryKey> key = {}) {
  model::Table t = model::make_table(
      "t", {C("a", Integer()).not_null(), C("b", Integer()).not_null(), C("c", model::Text())});
  t.constraints = std::move(constraints);
  t.indexes = std::move(indexes);
  t.primary_key = std::move(key);
  return schema_of({t, table("u")});
}

std::string steps_between(const Constraint& from, const Constraint& to) {
  return steps(with({from}), with({to}));
}

TEST(DiffParts, NamesOfTheDatabaseAreKept) {
  const Schema database = with(
      {UniqueConstraint{{"a"}, "t_a_key"},
       ForeignKey{
           .columns = {"b"}, .referred_table = "u", .referred_columns = {"id"}, .name = "t_b_fkey"},
       CheckConstraint{.expression = "a > 0", .name = "t_a_check"},
       ExcludeConstraint{{{"a", "", "=", ""}}, "t_a_excl"}},
      {}, PrimaryKey{{"a"}, "t_pkey"});
  const Schema model =
      with({UniqueConstraint{{"a"}}, ForeignKey{.columns = {"b"}, .referred_table = "u"},
            CheckConstraint{.expression = "a > 0"}, ExcludeConstraint{{{"a", "", "=", ""}}}},
           {}, PrimaryKey{{"a"}});
  EXPECT_EQ(steps(database, model), "");
  EXPECT_EQ(steps(model, database), "");
}

TEST(DiffParts, WhatIsAddedGetsANameSoThatItCanBeDropped) {
  EXPECT_EQ(steps(with({}), with({UniqueConstraint{{"a"}}, UniqueConstraint{{"a", "b"}},
                                  ForeignKey{.columns = {"b"}, .referred_table = "u"},
                                  CheckConstraint{.expression = "a > 0"},
                                  CheckConstraint{.expression = "a > 1"},
                                  ExcludeConstraint{{{"a", "", "=", ""}}}},
                                 {}, PrimaryKey{{"a"}})),
            "alter column 'a' of table 't': autoincrement\n"
            "add constraint to table 't': primary key t_pkey (a)\n"
            "add constraint to table 't': unique constraint t_a_key (a)\n"
            "add constraint to table 't': unique constraint t_a_b_key (a, b)\n"
            "add constraint to table 't': check constraint t_a_check (a > 0)\n"
            "add constraint to table 't': check constraint t_a_check1 (a > 1)\n"
            "add constraint to table 't': exclude constraint t_a_excl (a with =)\n"
            "add constraint to table 't': foreign key t_b_fkey (b) references u (id)");
}

TEST(DiffParts, EachKindIsRemoved) {
  const Difference difference = lawful(
      with({UniqueConstraint{{"a"}, "uq"},
            ForeignKey{
                .columns = {"b"}, .referred_table = "u", .referred_columns = {"id"}, .name = "fk"},
            CheckConstraint{.expression = "a > 0", .name = "ck"},
            ExcludeConstraint{{{"a", "", "=", ""}}, "ex"}},
           {Index{"ix", {"a"}}}, PrimaryKey{{"a"}, "pk"}),
      with({}));
  EXPECT_EQ(ops::describe(difference.operations),
            "drop constraint 'fk' from table 't'\n"
            "drop index 'ix' from table 't'\n"
            "drop constraint 'pk' from table 't'\n"
            "drop constraint 'uq' from table 't'\n"
            "drop constraint 'ck' from table 't'\n"
            "drop constraint 'ex' from table 't'\n"
            "alter column 'a' of table 't': no autoincrement");
  EXPECT_EQ(messages(difference),
            "Detected removed check constraint 'ck' on table 't'\n"
            "Detected autoincrement on column 't.a'\n"
            "Detected removed exclusion constraint 'ex' on 't'\n"
            "Detected removed foreign key (b)(id) on table t\n"
            "Detected removed index 'ix' on 't'\n"
            "Detected removed primary key 'pk' on 't'\n"
            "Detected removed unique constraint 'uq' on 't'");
}

TEST(DiffParts, OptionsOfUniqueConstraintsCount) {
  const UniqueConstraint plain{{"a"}, "uq"};
  EXPECT_EQ(
      steps_between(plain,
                    UniqueConstraint{.columns = {"a"}, .name = "uq", .nulls_not_distinct = true}),
      "drop constraint 'uq' from table 't'\n"
      "add constraint to table 't': unique constraint uq (a) nulls not distinct");
  for (const UniqueConstraint& other :
       {UniqueConstraint{{"b"}, "uq"}, UniqueConstraint{{"a", "b"}, "uq"},
        UniqueConstraint{.columns = {"a"}, .name = "uq", .include = {"b"}},
        UniqueConstraint{.columns = {"a"}, .name = "uq", .deferral = {true, "DEFERRED"}},
        UniqueConstraint{.columns = {"a"}, .name = "uq", .on_conflict = "IGNORE"}}) {
    EXPECT_NE(steps_between(plain, other), "");
    EXPECT_NE(steps_between(other, plain), "");
  }
}

TEST(DiffParts, OptionsOfForeignKeysCount) {
  const ForeignKey plain{
      .columns = {"b"}, .referred_table = "u", .referred_columns = {"id"}, .name = "fk"};
  EXPECT_EQ(messages(lawful(with({plain}), with({ForeignKey{.columns = {"b"},
                                                            .referred_table = "u",
                                                            .referred_columns = {"id"},
                                                            .on_delete = "CASCADE"}}))),
            "Detected changed foreign key (b)(id) on table t: foreign key fk (b) references u (id) "
            "to foreign key (b) references u (id) on delete cascade");
  for (const auto& change : std::vector<std::function<void(ForeignKey&)>>{
           [](ForeignKey& it) { it.on_delete = "SET NULL"; },
           [](ForeignKey& it) { it.on_update = "CASCADE"; },
           [](ForeignKey& it) { it.match = "FULL"; },
           [](ForeignKey& it) { it.deferral.deferrable = true; },
           [](ForeignKey& it) { it.columns = {"a"}; },
           [](ForeignKey& it) { it.referred_table = "t", it.referred_columns = {"a"}; }}) {
    ForeignKey other = plain;
    change(other);
    EXPECT_NE(steps_between(plain, other), "");
    EXPECT_NE(steps_between(other, plain), "");
  }
  ForeignKey wordy = plain;
  wordy.on_delete = "no action";
  wordy.match = "SIMPLE";
  wordy.deferral = {false, "immediate"};
  EXPECT_EQ(steps_between(plain, wordy), "");
}

TEST(DiffParts, WhatIsNotValidCanBeValidated) {
  CheckConstraint before{.expression = "a > 0", .name = "ck", .not_valid = true};
  CheckConstraint after = before;
  after.not_valid = false;
  const Difference difference = compare(with({before}), with({after}), DiffRules());
  EXPECT_EQ(ops::describe(difference.operations), "validate constraint 'ck' of table 't'");
  EXPECT_EQ(messages(difference), "Detected validation of check constraint 'ck' on table 't'");
  EXPECT_EQ(steps_between(after, before), "");
}

TEST(DiffParts, ChecksAndExclusionsChange) {
  EXPECT_EQ(steps_between(CheckConstraint{.expression = "a > 0", .name = "ck"},
                          CheckConstraint{.expression = "a > 1", .name = "ck"}),
            "drop constraint 'ck' from table 't'\n"
            "add constraint to table 't': check constraint ck (a > 1)");
  EXPECT_NE(steps_between(CheckConstraint{.expression = "a > 0", .name = "ck"},
                          CheckConstraint{.expression = "a > 0", .name = "ck", .no_inherit = true}),
            "");
  const ExcludeConstraint plain{{{"a", "", "=", ""}}, "ex"};
  for (const auto& change : std::vector<std::function<void(ExcludeConstraint&)>>{
           [](ExcludeConstraint& it) { it.elements[0].with_operator = "<>"; },
           [](ExcludeConstraint& it) { it.elements[0].operator_class = "int4_ops"; },
           [](ExcludeConstraint& it) {
             it.elements.push_back({"b", "", "=", ""});
           },
           [](ExcludeConstraint& it) {
             it.elements[0] = {"", "(a + 1)", "=", ""};
           },
           [](ExcludeConstraint& it) { it.using_method = "btree"; },
           [](ExcludeConstraint& it) { it.where = "a > 1"; },
           [](ExcludeConstraint& it) {
             it.deferral = {true, ""};
           }}) {
    ExcludeConstraint other = plain;
    change(other);
    EXPECT_NE(steps_between(plain, other), "");
    EXPECT_NE(steps_between(other, plain), "");
  }
}

TEST(DiffParts, EverythingAboutIndexesCounts) {
  const Index plain{"ix", {"a"}};
  for (const auto& change : std::vector<std::function<void(Index&)>>{
           [](Index& it) { it.unique = true; }, [](Index& it) { it.elements = {"b"}; },
           [](Index& it) { it.elements.emplace_back("b"); },
           [](Index& it) { it.elements = {model::expression("abs(a)")}; },
           [](Index& it) { it.elements[0].descending = true; },
           [](Index& it) { it.elements[0].nulls = model::NullsOrder::First; },
           [](Index& it) { it.elements[0].collation = "C"; },
           [](Index& it) { it.elements[0].operator_class = "int4_ops"; },
           [](Index& it) { it.elements[0].length = 3; },
           [](Index& it) { it.using_method = "hash"; }, [](Index& it) { it.where = "a > 0"; },
           [](Index& it) { it.include = {"b"}; },
           [](Index& it) { it.unique = it.nulls_not_distinct = true; },
           [](Index& it) {
             it.with = {{"fillfactor", "70"}};
           },
           [](Index& it) { it.tablespace = "fast"; }}) {
    Index other = plain;
    change(other);
    const std::string expected = std::string("drop index 'ix' from table 't'\ncreate ") +
                                 (other.unique ? "unique " : "") + "index 'ix' on table 't'";
    EXPECT_EQ(steps(with({}, {plain}), with({}, {other})), expected);
    EXPECT_EQ(steps(with({}, {other}), with({}, {plain})),
              "drop index 'ix' from table 't'\ncreate index 'ix' on table 't'");
  }
}

TEST(DiffParts, AnInvalidIndexIsMadeAgain) {
  Index broken{"ix", {"a"}};
  broken.valid = false;
  EXPECT_EQ(
      ops::describe(
          compare(with({}, {broken}), with({}, {Index{"ix", {"a"}}}), DiffRules()).operations),
      "drop index 'ix' from table 't'\ncreate index 'ix' on table 't'");
}

TEST(DiffParts, OnlyTheNameDiffers) {
  const Difference difference =
      lawful(with({UniqueConstraint{{"a"}, "uq"}, UniqueConstraint{{"b"}, "x"}},
                  {Index{"ix", {"a"}}}, PrimaryKey{{"a"}, "t_pkey"}),
             with({UniqueConstraint{{"a"}, "uq2"}, UniqueConstraint{{"b"}, "x"}},
                  {Index{"ix2", {"a"}}}, PrimaryKey{{"a"}, "pk_t"}));
  EXPECT_EQ(ops::describe(difference.operations),
            "rename constraint 't_pkey' of table 't' to 'pk_t'\n"
            "rename constraint 'uq' of table 't' to 'uq2'\n"
            "rename index 'ix' of table 't' to 'ix2'");
  EXPECT_EQ(messages(difference),
            "Detected renamed index 'ix' to 'ix2' on 't'\n"
            "Detected renamed primary key 't_pkey' to 'pk_t' on 't'\n"
            "Detected renamed unique constraint 'uq' to 'uq2' on 't'");
}

TEST(DiffParts, NamesAreExchanged) {
  EXPECT_EQ(
      steps(
          with({UniqueConstraint{{"a"}, "x"}, CheckConstraint{.expression = "a > 0", .name = "y"}},
               {Index{"i", {"a"}}, Index{"j", {"b"}}}),
          with({UniqueConstraint{{"a"}, "x"}, CheckConstraint{.expression = "a > 0", .name = "y"}},
               {Index{"j", {"a"}}, Index{"i", {"b"}}})),
      "drop index 'j' from table 't'\n"
      "drop index 'i' from table 't'\n"
      "create index 'j' on table 't'\n"
      "create index 'i' on table 't'");
}

TEST(DiffParts, NamesPassFromTableToTable) {
  const auto indexed = [](const std::vector<std::string>& names) {
    std::vector<model::Table> tables;
    for (const std::string& name : names) {
      tables.push_back(table("t" + std::to_string(tables.size()), {C("a", Integer())}));
      tables.back().indexes = {Index{name, {"a"}}};
    }
    return schema_of(tables);
  };
  EXPECT_EQ(steps(indexed({"x", "y", "z"}), indexed({"y", "z", "w"})),
            "rename index 'z' of table 't2' to 'w'\n"
            "rename index 'y' of table 't1' to 'z'\n"
            "rename index 'x' of table 't0' to 'y'");
  Schema from = indexed({"x", "y"});
  Schema to = from;
  to.tables[0].indexes[0].name = "y";
  to.tables[1].indexes.clear();
  EXPECT_EQ(steps(from, to),
            "drop index 'y' from table 't1'\n"
            "rename index 'x' of table 't0' to 'y'");
}

TEST(DiffParts, CommentsOfPartsChange) {
  Index index{"ix", {"a"}};
  Index commented = index;
  commented.comment = "to look up";
  const Difference difference =
      lawful(with({CheckConstraint{.expression = "a > 0", .name = "ck"}}, {index}),
             with({CheckConstraint{.expression = "a > 0", .name = "ck", .comment = "grown up"}},
                  {commented}));
  EXPECT_EQ(ops::describe(difference.operations),
            "set the comment of constraint 'ck' of table 't' to 'grown up'\n"
            "set the comment of index 'ix' on table 't' to 'to look up'");
  EXPECT_EQ(messages(difference),
            "Detected comment of check constraint 'ck' on table 't'\n"
            "Detected comment of index 'ix' on 't'");
}

TEST(DiffParts, APrimaryKeyChangesUnderItsForeignKeys) {
  const auto schema = [](std::vector<std::string> key) {
    Schema result = schema_of(
        {model::make_table("u", {C("a", Integer()).not_null(), C("b", Integer()).not_null(),
                                 PrimaryKey{std::move(key), "u_pkey"},
                                 model::named("uq", UniqueConstraint{{"a"}})}),
         model::make_table("t", {C("x", Integer()), ForeignKey{.columns = {"x"},
                                                               .referred_table = "u",
                                                               .referred_columns = {"a"},
                                                               .name = "t_x_fkey"}})});
    return result;
  };
  EXPECT_EQ(steps(schema({"a"}), schema({"a", "b"})),
            "drop constraint 't_x_fkey' from table 't'\n"
            "drop constraint 'u_pkey' from table 'u'\n"
            "alter column 'a' of table 'u': no autoincrement\n"
            "add constraint to table 'u': primary key u_pkey (a, b)\n"
            "add constraint to table 't': foreign key t_x_fkey (x) references u (a)");
}

TEST(DiffParts, TypesOnBothEndsOfAForeignKeyChange) {
  const auto schema = [](const model::Type& type) {
    return schema_of(
        {model::make_table("u", {C("id", type).primary_key()}),
         model::make_table("t", {C("u_id", type).references("u.id", {.name = "fk"})})});
  };
  EXPECT_EQ(steps(schema(Integer()), schema(model::Uuid())),
            "drop constraint 'fk' from table 't'\n"
            "alter column 'id' of table 'u': type Integer -> Uuid, no autoincrement\n"
            "alter column 'u_id' of table 't': type Integer -> Uuid\n"
            "add constraint to table 't': foreign key fk (u_id) references u (id)");
  EXPECT_EQ(steps(schema(Integer()), schema(model::BigInteger())),
            "alter column 'id' of table 'u': type Integer -> BigInteger\n"
            "alter column 'u_id' of table 't': type Integer -> BigInteger");
}

TEST(DiffParts, WhatSpeaksOfConvertedValuesStepsAside) {
  const auto schema = [](const model::Type& type) {
    model::Table t = model::make_table(
        "t", {C("a", type), C("b", Integer()),
              model::named("ck", CheckConstraint{.expression = "a IS NOT NULL"}),
              model::named("ck_b", CheckConstraint{.expression = "b > 0"}),
              model::named("ex", ExcludeConstraint{{{"b", "", "=", ""}}, "", "", "a IS NULL"})});
    Index partial{"ix_partial", {"b"}};
    partial.where = "a IS NOT NULL";
    t.indexes = {partial, Index{"ix_plain", {"a"}}};
    return schema_of({t});
  };
  EXPECT_EQ(steps(schema(model::Date()), schema(Integer())),
            "drop index 'ix_partial' from table 't'\n"
            "drop constraint 'ck' from table 't'\n"
            "drop constraint 'ex' from table 't'\n"
            "alter column 'a' of table 't': type Date -> Integer\n"
            "add constraint to table 't': check constraint ck (a IS NOT NULL)\n"
            "add constraint to table 't': exclude constraint ex (b with =) where a IS NULL\n"
            "create index 'ix_partial' on table 't'");
}

TEST(DiffParts, ConstraintsWithoutNamesAreFoundOneAfterTheOther) {
  const Schema from = with({CheckConstraint{.expression = "b > 0"}, UniqueConstraint{{"a"}},
                            CheckConstraint{.expression = "a > 0 AND b > 0"},
                            CheckConstraint{.expression = "a > 1 AND b > 1"}},
                           {}, PrimaryKey{{"a"}});
  const Difference difference =
      compare(from, with({CheckConstraint{.expression = "a > 1 AND b > 1"}}), RebuildingRules());
  EXPECT_EQ(ops::describe(difference.operations),
            "alter table 't': drop constraint 't_pkey'; drop constraint 't_a_key'; drop constraint "
            "'t_check'; drop constraint 't_b_check'; alter column 'a': no autoincrement");
  const Schema after = applied(difference.operations, from);
  EXPECT_EQ(after.tables[0].constraints.size(), 1);
  EXPECT_TRUE(
      compare(after, with({CheckConstraint{.expression = "a > 1 AND b > 1"}}), RebuildingRules())
          .empty());
}

TEST(DiffParts, IndexesAreMadeConcurrentlyIfAsked) {
  Options options;
  options.concurrent_indexes = true;
  const Schema from = schema_of({table("t", {C("a", Integer()), C("b", Integer()).index()})});
  const Schema to =
      schema_of({table("new", {C("a", Integer()).index()}),
                 table("t", {C("a", model::BigInteger()).index(), C("b", Integer())})});
  EXPECT_EQ(steps(from, to, options),
            "drop index 'ix_t_b' from table 't' concurrently\n"
            "create table 'new'\n"
            "alter column 'a' of table 't': type Integer -> BigInteger\n"
            "create index 'ix_t_a' on table 't' concurrently");
}

}  // namespace
}  // namespace cupel::diff
