// SPDX-License-Identifier: MIT
// Schemas that every database can hold.
#pragma once

#include "conformance/laws.hpp"
#include "cupel/model/define.hpp"

namespace cupel::conformance {

using namespace model;  // NOLINT(google-build-using-namespace): a corpus of model values

using Items = std::vector<TableItem>;

inline ColumnDefinition id_column() { return ColumnDefinition("id", Integer()).primary_key(); }

inline Schema of_tables(std::vector<Table> tables) {
  Schema schema;
  schema.tables = std::move(tables);
  return schema;
}

inline Table users_table() {
  return make_table("users", {id_column(), ColumnDefinition("email", String(100)).not_null(),
                              ColumnDefinition("name", Text()), ColumnDefinition("age", Integer()),
                              named("users_email_key", UniqueConstraint{{"email"}}),
                              named("users_age_check", CheckConstraint{"age > 0"}),
                              NamedIndex{Index{{}, {"name"}}, "ix_users_name"}});
}

inline Table posts_table() {
  return make_table("posts", {id_column(), ColumnDefinition("title", String(50)),
                              ColumnDefinition("user_id", Integer()).not_null(),
                              named("posts_user_id_fkey", ForeignKey{.columns = {"user_id"},
                                                                     .referred_table = "users",
                                                                     .referred_columns = {"id"},
                                                                     .on_delete = "CASCADE"})});
}

inline Schema all_types() {
  const std::vector<std::pair<std::string, Type>> types{
      {"boolean", Boolean()}, {"small", SmallInteger()}, {"int", Integer()},
      {"big", BigInteger()},  {"num", Numeric()},        {"num_10_2", Numeric(10, 2)},
      {"flt", Float()},       {"flt_24", Float(24)},     {"dbl", Double()},
      {"str", String()},      {"str_20", String(20)},    {"chr_3", Char(3)},
      {"txt", Text()},        {"bin", LargeBinary()},    {"day", Date()},
      {"clock", Time()},      {"moment", DateTime()},    {"zoned", DateTime(kWithTimezone)},
      {"stamp", Timestamp()}, {"json", Json()},          {"uuid", Uuid()}};
  Items items;
  for (const auto& [name, type] : types) items.emplace_back(ColumnDefinition(name, type));
  return of_tables({make_table("all_types", items)});
}

inline Schema defaults() {
  return of_tables({make_table(
      "defaults", {id_column(), ColumnDefinition("number", Integer()).server_default("30"),
                   ColumnDefinition("sql_number", Integer()).server_default(text("12")),
                   ColumnDefinition("negative", Integer()).server_default(text("-1")),
                   ColumnDefinition("fraction", Numeric(4, 2)).server_default("1.50"),
                   ColumnDefinition("word", String(20)).server_default("it's \"x\""),
                   ColumnDefinition("nothing", Text()).server_default(""),
                   ColumnDefinition("backslash", Text()).server_default("a\\b"),
                   ColumnDefinition("yes", Boolean()).server_default(true_value()),
                   ColumnDefinition("no", Boolean()).not_null().server_default(false_value()),
                   ColumnDefinition("made", DateTime()).server_default(now()),
                   ColumnDefinition("sum", Integer()).server_default(text("(1 + 2)"))})});
}

inline Schema odd_names() {
  return of_tables(
      {make_table("select", {id_column(), ColumnDefinition("from", Integer()),
                             named("check", CheckConstraint{"\"from\" > 0"}),
                             NamedIndex{Index{{}, {"from"}}, "index"}}),
       make_table("It's a \"Table\"",
                  {ColumnDefinition("Größe", Integer()).primary_key().not_null(),
                   ColumnDefinition("with space", Integer()), ColumnDefinition("a.b", Integer()),
                   ColumnDefinition("quo\"te", Integer()), ColumnDefinition("MiXed", Integer()),
                   named("uq \"1\"", UniqueConstraint{{"with space", "quo\"te"}}),
                   named("fk's", ForeignKey{.columns = {"a.b"},
                                            .referred_table = "select",
                                            .referred_columns = {"id"}}),
                   NamedIndex{Index{{}, {"MiXed"}}, "Ix Größe"}})});
}

inline Schema keys() {
  return of_tables(
      {make_table("pairs", {ColumnDefinition("a", Integer()), ColumnDefinition("b", String(5)),
                            named("pairs_pk", PrimaryKey{{"b", "a"}})}),
       make_table("keyless", {ColumnDefinition("a", Integer())}),
       make_table("text_key", {ColumnDefinition("code", String(5)).primary_key()}),
       make_table("refers",
                  {id_column(), ColumnDefinition("x", String(5)), ColumnDefinition("y", Integer()),
                   ColumnDefinition("parent", Integer()),
                   named("refers_pair", ForeignKey{.columns = {"x", "y"},
                                                   .referred_table = "pairs",
                                                   .referred_columns = {"b", "a"},
                                                   .on_delete = "SET NULL",
                                                   .on_update = "CASCADE"}),
                   named("refers_self", ForeignKey{.columns = {"parent"},
                                                   .referred_table = "refers",
                                                   .referred_columns = {"id"},
                                                   .on_delete = "RESTRICT",
                                                   .deferral = {true, "DEFERRED"}}),
                   named("refers_x", UniqueConstraint{{"x"}}), UniqueConstraint{{"x", "y"}},
                   CheckConstraint{"y > 0"}})});
}

inline Schema indexes() {
  Index partial{{}, {"a"}};
  partial.where = "a > 5";
  Index descending{{}, {"a", "b"}};
  descending.elements[1].descending = true;
  Index unique{{}, {"b"}};
  unique.unique = true;
  return of_tables({make_table(
      "indexed", {id_column(), ColumnDefinition("a", Integer()), ColumnDefinition("b", Text()),
                  NamedIndex{partial, "ix_partial"}, NamedIndex{descending, "ix_descending"},
                  NamedIndex{unique, "ix_unique"},
                  NamedIndex{Index{{}, {expression("lower(b)")}}, "ix_expression"}})});
}

inline Schema computed() {
  return of_tables(
      {make_table("computed", {id_column(), ColumnDefinition("a", Integer()),
                               ColumnDefinition("twice", Integer()).computed("a * 2", true)})});
}

inline Schema views() {
  Schema schema = of_tables({users_table()});
  schema.views.push_back({"adults", "SELECT users.id,\n    users.email\n   FROM users"});
  schema.views.push_back({"aa_names", "SELECT adults.email\n   FROM adults"});
  return schema;
}

/// Of a chat app.
inline Schema chat_app() {
  return of_tables(
      {make_table("chat_session",
                  {id_column(), ColumnDefinition("title", String(200)).not_null(),
                   ColumnDefinition("created_at", DateTime()).server_default(now())}),
       make_table("chat_message",
                  {id_column(),
                   ColumnDefinition("session_id", Integer())
                       .not_null()
                       .index()
                       .references("chat_session.id",
                                   {.name = "fk_chat_message_session_id", .on_delete = "CASCADE"}),
                   ColumnDefinition("role", String(20)).not_null(),
                   ColumnDefinition("content", Text()).not_null(),
                   ColumnDefinition("created_at", DateTime()).server_default(now())}),
       make_table(
           "llm_setting",
           {id_column(), ColumnDefinition("provider", String(50)).not_null().index(),
            ColumnDefinition("model_name", String(100)), ColumnDefinition("api_key", String(200)),
            ColumnDefinition("timeout", Integer()).not_null().server_default("30")}),
       make_table("default_setting",
                  {ColumnDefinition("key", String(50)).primary_key(),
                   ColumnDefinition("llm_setting_id", Integer())
                       .references("llm_setting.id", {.name = "fk_default_setting_llm"})})});
}

/// A table of the counselling app: a key, a name, a state, a time, and its owners.
inline Table app_table(const std::string& name, const std::vector<std::string>& owners = {},
                       Items more = {}) {
  Items items{id_column(), ColumnDefinition("name", String(100)).not_null(),
              ColumnDefinition("state", String(20)).not_null().server_default("new").index(),
              ColumnDefinition("created_at", DateTime()).not_null().server_default(now())};
  for (const std::string& owner : owners)
    items.emplace_back(ColumnDefinition(owner + "_id", Integer())
                           .index()
                           .references(owner + "s.id", {.name = "fk_" + name + "_" + owner,
                                                        .on_delete = "CASCADE"}));
  for (TableItem& item : more) items.push_back(std::move(item));
  return make_table(name, items);
}

/// Of a counselling app: 17 tables in two groups.
inline std::vector<Table> counselling_tables() {
  return {app_table("users", {}, {UniqueConstraint{{"name"}}}),
          app_table("visitors", {"user"}),
          app_table("cases", {"visitor", "user"}),
          app_table("sessions", {"case"}),
          app_table("reports", {"session", "user"}, {ColumnDefinition("body", Text())}),
          app_table("jobs", {"report"}, {ColumnDefinition("payload", Json())}),
          app_table("reminders", {"visitor"}, {ColumnDefinition("due", Date())}),
          app_table("agents", {"user"}),
          app_table("agent_versions", {"agent"}, {UniqueConstraint{{"agent_id", "name"}}}),
          app_table("documents", {"user"}, {ColumnDefinition("content", LargeBinary())}),
          app_table("chunks", {"document"}, {ColumnDefinition("score", Double())}),
          app_table("embeddings", {"chunk"}),
          app_table("datasources"),
          app_table("collections", {"datasource"}),
          app_table("collection_items", {"collection", "document"}),
          app_table("chat_logs", {"agent_version", "session"}),
          app_table("pipeline_runs", {"agent", "datasource"},
                    {ColumnDefinition("ok", Boolean()).server_default(true_value())})};
}

inline std::vector<SchemaCase> common_schemas() {
  return {{"empty", {}},
          {"all_types", all_types()},
          {"defaults", defaults()},
          {"odd_names", odd_names()},
          {"keys", keys()},
          {"indexes", indexes()},
          {"computed", computed()},
          {"views", views()},
          {"chat_app", chat_app()},
          {"counselling_app", of_tables(counselling_tables())}};
}

}  // namespace cupel::conformance
