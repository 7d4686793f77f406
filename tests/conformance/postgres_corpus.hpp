// SPDX-License-Identifier: MIT
// Schemas and operations that only PostgreSQL has. Expressions are written as the server writes
// them, so that they can be compared.
#pragma once

#include "conformance/operations.hpp"

namespace cupel::conformance {

inline Type mood() { return Enum({"sad", "it's \"ok\"", "happy"}, "mood"); }

inline Schema postgres_types() {
  Schema schema = of_tables(
      {make_table("typed", {ColumnDefinition("a", Named("JSONB")).server_default("{}"),
                            ColumnDefinition("b", Named("INET")),
                            ColumnDefinition("c", Named("TSRANGE")),
                            ColumnDefinition("d", Array(Integer())),
                            ColumnDefinition("e", Array(String(5), 2)).server_default("{}"),
                            ColumnDefinition("f", Interval("DAY TO SECOND")),
                            ColumnDefinition("g", Interval()),
                            ColumnDefinition("h", Time(kWithTimezone, 3)),
                            ColumnDefinition("i", DateTime({false}, 2)),
                            ColumnDefinition("j", String(10, "C")),
                            ColumnDefinition("k", Named("BIT(3)")),
                            ColumnDefinition("l", Named("CITEXT")),
                            ColumnDefinition("m", Named("s.ltree")),
                            ColumnDefinition("n", mood()).server_default("sad"),
                            ColumnDefinition("o", Array(mood())),
                            ColumnDefinition("p", Enum({"lo", "hi"}, "Level", "s")),
                            ColumnDefinition("q", Named("positive")),
                            ColumnDefinition("r", Named("MONEY")),
                            ColumnDefinition("s", Named("TSVECTOR")),
                            ColumnDefinition("t", Named("MACADDR"))})});
  for (Column& column : schema.tables[0].columns)
    if (column.type.name == "s.ltree") {
      column.type.name = "LTREE";
      column.type.schema = "s";
    }
  schema.schemas = {"s"};
  schema.extensions = {{"citext", "", ""}, {"ltree", "s", ""}};
  schema.domains = {{"positive", "AS integer CONSTRAINT above CHECK ((VALUE > 0))"}};
  schema.enums = {{"mood", mood().values, "how it is"}, {{"", "unused"}, {"x"}, ""}};
  return schema;
}

inline Schema postgres_columns() {
  return of_tables(
      {make_table(
           "numbered",
           {ColumnDefinition("id", BigInteger()).primary_key().identity(),
            ColumnDefinition("a", Integer())
                .identity(
                    {.always = true, .start = 10, .increment = 5, .max_value = 100, .cycle = true}),
            ColumnDefinition("b", SmallInteger()).not_null().autoincrement(true),
            ColumnDefinition("c", Integer()).comment("what's this"),
            ColumnDefinition("d", Named("JSONB")).server_default(text("jsonb_build_object()"))}),
       make_table("plain_key",
                  {ColumnDefinition("id", Integer()).primary_key().autoincrement(false)})});
}

inline Schema postgres_constraints() {
  Table table = make_table(
      "booking",
      {ColumnDefinition("id", Integer()).not_null(), ColumnDefinition("room", Integer()),
       ColumnDefinition("at", Named("TSRANGE")), ColumnDefinition("guest", Integer()),
       named("booking_pk", PrimaryKey{.columns = {"id"},
                                      .include = {"room"},
                                      .deferral = {true, ""},
                                      .comment = "the key"}),
       named("uq", UniqueConstraint{.columns = {"room", "guest"},
                                    .nulls_not_distinct = true,
                                    .include = {"id"},
                                    .deferral = {true, "DEFERRED"}}),
       named("fk", ForeignKey{.columns = {"guest"},
                              .referred_table = {"s", "guest"},
                              .referred_columns = {"id"},
                              .on_delete = "SET NULL (guest)",
                              .match = "FULL",
                              .not_valid = true,
                              .comment = "who"}),
       named("ck",
             CheckConstraint{.expression = "room > 0", .not_valid = true, .no_inherit = true}),
       named("ck2", CheckConstraint{.expression = "(room > 0) AND (guest > 0)", .comment = "c"}),
       named("ex", ExcludeConstraint{.elements = {{"room", "", "=", ""}, {"at", "", "&&", ""}},
                                     .where = "room > 1",
                                     .deferral = {true, "DEFERRED"}}),
       ExcludeConstraint{.elements = {{"", "(guest + 1)", "=", ""}}, .using_method = "btree"}});
  table.comment = "a table's comment";
  Schema schema = of_tables(
      {table, make_table({"s", "guest"}, {ColumnDefinition("id", Integer()).primary_key()})});
  schema.schemas = {"s"};
  schema.extensions = {{"btree_gist", "", ""}};
  return schema;
}

inline Schema postgres_indexes() {
  Index full{"ix_full", {"a", expression("lower(b)"), expression("(a + 1)"), "b"}};
  full.elements[0].nulls = NullsOrder::First;
  full.elements[1].descending = true;
  full.elements[1].nulls = NullsOrder::Last;
  full.elements[3].collation = "C";
  full.elements[3].operator_class = "text_pattern_ops";
  full.include = {"c"};
  full.with = {{"fillfactor", "70"}};
  full.where = "a > 3";
  full.comment = "all of it";
  Index gin{"ix_gin", {"d"}};
  gin.using_method = "gin";
  gin.elements[0].operator_class = "jsonb_path_ops";
  Index unique{"ix_unique", {"a"}};
  unique.unique = unique.nulls_not_distinct = true;
  Table table =
      make_table("indexed", {ColumnDefinition("a", Integer()), ColumnDefinition("b", Text()),
                             ColumnDefinition("c", Text()), ColumnDefinition("d", Named("JSONB"))});
  table.indexes = {full, gin, unique};
  return of_tables({table});
}

inline Schema postgres_tables() {
  Table events = make_table(
      "events", {ColumnDefinition("id", BigInteger()).autoincrement(true),
                 ColumnDefinition("at", Date()), named("events_pk", PrimaryKey{{"id", "at"}}),
                 NamedIndex{Index{{}, {"at"}}, "ix_events_at"}});
  events.partition_by = "RANGE (at)";
  Table first = make_table("events_1", {});
  first.partition_of = {"events", "FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')"};
  Table rest = make_table("aa_rest", {});
  rest.partition_of = {"events", "DEFAULT"};
  Table base = make_table(
      "base", {ColumnDefinition("a", Integer()), named("base_a", CheckConstraint{"a > 0"})});
  Table kid = make_table("a_kid", {ColumnDefinition("b", Integer())});
  kid.inherits = {"base"};
  Table quick = make_table("quick", {ColumnDefinition("a", Text())});
  quick.unlogged = true;
  quick.with = {{"fillfactor", "50"}, {"toast.autovacuum_enabled", "false"}};
  quick.comment = "it's quick";
  return of_tables({events, first, rest, base, kid, quick});
}

inline Schema postgres_objects() {
  Schema schema = of_tables({users_table(), make_table({"s", "log"}, {id_column()})});
  schema.schemas = {"s"};
  Sequence sequence{.name = "ticket",
                    .type = "integer",
                    .start = 100,
                    .increment = 5,
                    .min_value = 10,
                    .max_value = 1000,
                    .cache = 3,
                    .cycle = true,
                    .comment = "numbers"};
  Sequence owned{.name = {"s", "owned"}, .owned_by = "log.id"};
  schema.sequences = {owned, sequence};
  View names{"names", "SELECT users.name\n   FROM users"};
  names.with = {{"security_barrier", "true"}};
  names.comment = "their names";
  View kept{"kept", "SELECT users.id\n   FROM users"};
  kept.materialized = true;
  kept.indexes = {Index{"ix_kept", {"id"}}};
  kept.indexes[0].unique = true;
  schema.views = {kept, names};
  schema.functions = {
      {"touch", "",
       "CREATE OR REPLACE FUNCTION touch()\n RETURNS trigger\n LANGUAGE plpgsql\n"
       "AS $function$BEGIN NEW.age := 1; RETURN NEW; END$function$"},
      {{"s", "twice"},
       "integer",
       "CREATE OR REPLACE FUNCTION s.twice(a integer)\n RETURNS integer\n LANGUAGE sql\n"
       "AS $function$SELECT a * 2$function$"},
      {"work", "",
       "CREATE OR REPLACE PROCEDURE work()\n LANGUAGE sql\nAS $procedure$SELECT 1$procedure$",
       true}};
  schema.triggers = {{"tr_touch", "users",
                      "CREATE TRIGGER tr_touch BEFORE UPDATE OF age ON users FOR EACH ROW "
                      "WHEN (new.age > 1) EXECUTE FUNCTION touch()"}};
  return schema;
}

inline Schema circle() {
  Table chicken = make_table(
      "chicken",
      {id_column(),
       ColumnDefinition("egg", Integer()).references("egg.id", {.name = "fk_chicken_egg"})});
  Table egg =
      make_table("egg", {id_column(), ColumnDefinition("chicken", Integer())
                                          .references("chicken.id", {.name = "fk_egg_chicken"})});
  return of_tables({chicken, egg});
}

inline std::vector<SchemaCase> postgres_schemas() {
  return {{"types", postgres_types()},
          {"columns", postgres_columns()},
          {"constraints", postgres_constraints()},
          {"postgres_indexes", postgres_indexes()},
          {"tables", postgres_tables()},
          {"objects", postgres_objects()},
          {"circle", circle()}};
}

/// The one of that name, which is there.
template <typename T>
const T& named_one(const std::vector<T>& list, const std::string& name) {
  return *std::find_if(list.begin(), list.end(), [&](const T& it) { return it.name.name == name; });
}

inline OperationCase with_undo(OperationCase it, Undo undo) {
  it.undo = undo;
  return it;
}

inline Schema with_schema(Schema schema, const std::string& name) {
  schema.schemas.push_back(name);
  return schema;
}

inline Schema postgres_days() {
  Schema schema = of_tables({make_table("days", {ColumnDefinition("at", Date())}),
                             make_table("day", {ColumnDefinition("at", Date())})});
  schema.tables[0].partition_by = "RANGE (at)";
  return schema;
}

inline Schema postgres_domains() {
  Schema schema = of_tables({make_table(
      "priced", {ColumnDefinition("price", Named("positive")),
                 CheckConstraint{.expression = "(price)::integer < 100", .name = "ck_price"}})});
  schema.domains = {{"lonely", "AS text COLLATE \"C\" NOT NULL"},
                    {"positive", "AS integer DEFAULT 1 CONSTRAINT more CHECK ((VALUE > 0))"}};
  return schema;
}

inline std::vector<OperationCase> postgres_table_operations() {
  using namespace ops;  // NOLINT(google-build-using-namespace)
  return {
      plain("set_table_comment", SetTableComment{"users", "it's them", std::nullopt}),
      plain("set_column_comment", AlterColumn{.table = "users",
                                              .column = "age",
                                              .comment = std::string("in years"),
                                              .existing_comment = nullptr}),
      plain("change_type_and_comment", AlterColumn{.table = "users",
                                                   .column = "email",
                                                   .type = Text(),
                                                   .comment = std::string("x"),
                                                   .existing_type = String(100),
                                                   .existing_comment = nullptr}),
      with_undo(plain("change_type_using", AlterColumn{.table = "posts",
                                                       .column = "title",
                                                       .type = Integer(),
                                                       .using_expression = "title::integer"}),
                Undo::Never),
      // Views and triggers that mention the table would show its new schema, which apply() leaves
      // to the server.
      with_undo(plain("set_table_schema", SetTableSchema{"users", "s"}, with_schema(blog(), "s")),
                Undo::Never),
      plain("set_other_table_schema", SetTableSchema{{"s", "log"}, "t"},
            with_schema(postgres_objects(), "t")),
      with_undo(plain("create_table_with_enum",
                      CreateTable{make_table(
                          "weather", {ColumnDefinition("w", Enum({"rain"}, "weather_kind"))})}),
                Undo::NotAll),
      plain("start_numbering", AlterColumn{.table = "users",
                                           .column = "age",
                                           .nullable = false,
                                           .autoincrement = true,
                                           .existing_type = Integer(),
                                           .existing_nullable = true,
                                           .existing_autoincrement = false}),
      plain("stop_numbering", AlterColumn{.table = "users",
                                          .column = "id",
                                          .type = BigInteger(),
                                          .autoincrement = false,
                                          .existing_type = Integer(),
                                          .existing_autoincrement = true}),
      plain("serial_to_identity", AlterColumn{.table = "users",
                                              .column = "id",
                                              .identity = Identity{},
                                              .autoincrement = false,
                                              .existing_identity = nullptr,
                                              .existing_autoincrement = true}),
      plain("widen_serial", AlterColumn{.table = "users",
                                        .column = "id",
                                        .type = BigInteger(),
                                        .existing_type = Integer(),
                                        .existing_autoincrement = true}),
      plain("rename_constraint", RenameConstraint{"users", "users_age_check", "ck_age"}),
      plain("rename_index", RenameIndex{"users", "ix_users_name", "ix renamed"}),
      with_undo(
          plain("validate_constraint", ValidateConstraint{"booking", "ck"}, postgres_constraints()),
          Undo::Never),
      plain("add_exclusion",
            AddConstraint{"users", ExcludeConstraint{.elements = {{"age", "", "=", ""}},
                                                     .name = "ex_age",
                                                     .using_method = "btree"}}),
      plain("add_not_valid", AddConstraint{"users", CheckConstraint{.expression = "age < 99",
                                                                    .name = "ck_young",
                                                                    .not_valid = true}}),
      plain("set_table_options",
            SetTableOptions{.table = "quick",
                            .to = {.with = {{"autovacuum_enabled", "false"}, {"fillfactor", "60"}}},
                            .was = TableOptions{.unlogged = true,
                                                .with = {{"fillfactor", "50"},
                                                         {"toast.autovacuum_enabled", "false"}}}},
            postgres_tables()),
      plain("attach_partition", SetPartition{"day", PartitionOf{"days", "DEFAULT"}, std::nullopt},
            postgres_days()),
      plain("comment_constraint", SetComment{CommentOn::Constraint, "users", "users_age_check",
                                             "grown up", std::nullopt}),
      plain("comment_index",
            SetComment{CommentOn::Index, "users", "ix_users_name", "to look up", std::nullopt}),
      plain("add_partitioned_column",
            AddColumn{.table = "events", .column = ColumnDefinition("more", Text()).column},
            postgres_tables()),
      plain("rename_partitioned_table", RenameTable{"events", "happenings"}, postgres_tables()),
  };
}

inline std::vector<OperationCase> postgres_object_operations() {
  using namespace ops;  // NOLINT(google-build-using-namespace)
  const Schema objects = postgres_objects();
  const Schema types = postgres_types();
  View kept{"kept", "SELECT users.id\n   FROM users"};
  kept.materialized = true;
  return {
      plain("create_schema", CreateSchema{"other one"}),
      plain("create_sequence", CreateSequence{{.name = "lone", .start = 5}}),
      {"alter_sequence", objects,
       [](const Schema& before) -> Operation {
         const Sequence& was = named_one(before.sequences, "ticket");
         Sequence to = was;
         to.increment = 7;
         to.cycle = false;
         return AlterSequence{to, was};
       }},
      {"drop_sequence", objects,
       [](const Schema& before) -> Operation {
         return DropSequence{.name = "ticket", .was = named_one(before.sequences, "ticket")};
       }},
      plain("create_enum", CreateEnum{{"colour", {"red", "it's"}, "a colour"}}),
      {"drop_enum", types,
       [](const Schema& before) -> Operation {
         return DropEnum{.name = "unused", .was = *before.find_enum("unused")};
       }},
      with_undo(plain("add_enum_value",
                      AddEnumValue{.name = "mood", .value = "mad", .before = "sad"}, types),
                Undo::Never),
      plain("rename_enum_value", RenameEnumValue{"mood", "sad", "blue"}, types),
      plain("rename_enum", RenameType{"mood", "Feeling"}, types),
      plain("rename_domain", RenameType{"positive", "above zero"}, postgres_domains()),
      plain("create_domain", CreateDomain{{{"s", "code"}, "AS text"}}, with_schema(blog(), "s")),
      {"drop_domain", postgres_domains(),
       [](const Schema& before) -> Operation {
         return DropDomain{.name = "lonely", .was = named_one(before.domains, "lonely")};
       }},
      plain("comment_enum", SetComment{CommentOn::Enum, "mood", "", "it's a mood", "how it is"},
            types),
      plain("comment_view", SetComment{CommentOn::View, "names", "", std::nullopt, "their names"},
            objects),
      plain("comment_materialized_view",
            SetComment{CommentOn::MaterializedView, "kept", "", "kept", std::nullopt}, objects),
      plain("create_materialized_view", CreateView{kept}),
      {"drop_function", objects,
       [](const Schema& before) -> Operation {
         const Function& was = named_one(before.functions, "twice");
         return DropFunction{.name = was.name, .arguments = was.arguments, .was = was};
       }},
      {"drop_trigger", objects,
       [](const Schema& before) -> Operation {
         return DropTrigger{.name = "tr_touch", .table = "users", .was = before.triggers.front()};
       }},
      plain("create_extension", CreateExtension{{"citext", "", ""}}),
  };
}

}  // namespace cupel::conformance
