// SPDX-License-Identifier: MIT
// A schema with one of everything, and at least one operation of every kind that fits it. A new
// operation without a sample does not compile.
#pragma once

#include <vector>

#include "cupel/model/define.hpp"
#include "cupel/ops/operation.hpp"

namespace cupel::ops {

/// users and posts (which refers to users), a partitioned table, a view of each kind, ...
inline model::Schema sample_schema() {
  using C = model::ColumnDefinition;
  using namespace model;
  const NamingConvention named_all{.ix = "ix_%(column_0_label)s",
                                   .uq = "uq_%(table_name)s_%(column_0_name)s",
                                   .ck = "ck_%(table_name)s_%(constraint_name)s",
                                   .fk = "fk_%(table_name)s_%(column_0_name)s",
                                   .pk = "pk_%(table_name)s"};
  Schema schema;
  schema.schemas = {"app", "empty"};
  schema.extensions = {{"citext", "public", "1.6"}};
  schema.enums = {{"mood", {"sad", "ok"}, ""}, {"unused", {"x"}, ""}};
  schema.domains = {{"code", "text"}, {"lonely", "text"}};
  Sequence sequence;
  sequence.name = "counter";
  sequence.owned_by = "users.age";
  schema.sequences = {sequence};
  schema.tables = {
      make_table(
          "users",
          {C("id", Integer()).primary_key(), C("email", String(50)).unique(),
           C("name", model::Text()).index().comment("full"), C("mood", Enum({"sad", "ok"}, "mood")),
           C("age", Integer()).check("age > 0", "age").server_default(model::text("18"))},
          named_all),
      make_table(
          "posts",
          {C("id", Integer()).primary_key(), C("user_id", Integer()).references("users.id"),
           C("title", String(80)).not_null(),
           named("title", CheckConstraint{.expression = "length(title) > 0", .not_valid = true}),
           C("code", Named("code")), C("note", model::Text())},
          named_all),
      make_table({"app", "jobs"}, {C("id", Integer())}), make_table("days", {C("at", Date())}),
      make_table("day", {C("at", Date())})};
  schema.find_table("days")->partition_by = "RANGE (at)";
  schema.views = {
      {.name = "emails", .definition = "SELECT email FROM users"},
      {.name = "titles", .definition = "SELECT title FROM posts", .materialized = true}};
  schema.functions = {{"f", "integer", "CREATE FUNCTION f(integer) ...", false}};
  schema.triggers = {
      {"tr", "posts", "CREATE TRIGGER tr AFTER UPDATE OF title ON posts EXECUTE FUNCTION g()"}};
  return schema;
}

inline model::Index sample_index(const std::string& name, model::IndexElement element) {
  model::Index index;
  index.name = name;
  index.elements = {std::move(element)};
  return index;
}
inline model::Sequence sample_sequence(const std::string& name, int start) {
  model::Sequence sequence;
  sequence.name = name;
  sequence.start = start;
  return sequence;
}

using Samples = std::vector<Operation>;

inline Samples samples(const CreateTable*) {
  return {
      CreateTable{.table = model::make_table(
                      "tags", {model::ColumnDefinition("id", model::Integer()).primary_key()})}};
}
inline Samples samples(const DropTable*) {
  return {DropTable{.table = {"app", "jobs"}, .was = *sample_schema().find_table({"app", "jobs"})}};
}
inline Samples samples(const RenameTable*) { return {RenameTable{"users", "people"}}; }
inline Samples samples(const SetTableSchema*) { return {SetTableSchema{{"app", "jobs"}, "empty"}}; }
inline Samples samples(const SetTableComment*) {
  return {SetTableComment{.table = "users", .comment = "all people"}};
}
inline Samples samples(const SetTableOptions*) {
  return {SetTableOptions{.table = "posts",
                          .to = {.unlogged = true, .with = {{"fillfactor", "70"}}},
                          .was = TableOptions{}}};
}
inline Samples samples(const SetPartition*) {
  return {SetPartition{.table = "day", .to = model::PartitionOf{"days", "DEFAULT"}, .was = {}}};
}
inline Samples samples(const AddColumn*) {
  return {AddColumn{.table = "users",
                    .column = {.name = "phone", .type = model::String(20)},
                    .checks = {{.expression = "phone <> ''", .name = "ck_phone"}}}};
}
inline Samples samples(const DropColumn*) {
  return {DropColumn{.table = "posts",
                     .column = "note",
                     .was = model::Column{.name = "note", .type = model::Text()}}};
}
inline Samples samples(const AlterColumn*) {
  return {AlterColumn{.table = "users", .column = "email", .new_name = "mail"},
          AlterColumn{.table = "users",
                      .column = "age",
                      .nullable = false,
                      .type = model::BigInteger(),
                      .server_default = nullptr,
                      .comment = std::string("years"),
                      .new_name = "years",
                      .existing_type = model::Integer(),
                      .existing_nullable = true,
                      .existing_server_default = model::text("18"),
                      .existing_comment = nullptr}};
}
inline Samples samples(const AddConstraint*) {
  return {AddConstraint{"users", model::UniqueConstraint{{"name", "age"}, "uq_name"}}};
}
inline Samples samples(const DropConstraint*) {
  return {DropConstraint{.table = "users",
                         .name = "uq_users_email",
                         .was = model::UniqueConstraint{{"email"}, "uq_users_email"}},
          DropConstraint{.table = "posts",
                         .name = "pk_posts",
                         .kind = model::ConstraintKind::Primary,
                         .was = model::PrimaryKey{{"id"}, "pk_posts"}}};
}
inline Samples samples(const RenameConstraint*) {
  return {RenameConstraint{"users", "uq_users_email", "uq_mail"}};
}
inline Samples samples(const ValidateConstraint*) {
  return {ValidateConstraint{"posts", "ck_posts_title"}};
}
inline Samples samples(const CreateIndex*) {
  return {CreateIndex{.table = "users",
                      .index = sample_index("ix_lower", model::expression("lower(email)")),
                      .concurrently = true}};
}
inline Samples samples(const DropIndex*) {
  return {DropIndex{
      .name = "ix_users_name", .table = "users", .was = sample_index("ix_users_name", "name")}};
}
inline Samples samples(const RenameIndex*) {
  return {RenameIndex{"users", "ix_users_name", "ix_name"}};
}
inline Samples samples(const AlterTable*) {
  return {AlterTable{.table = "posts",
                     .changes = {AddColumn{.column = {.name = "slug", .type = model::Text()}},
                                 AlterColumn{.column = "slug", .new_name = "path"},
                                 AddConstraint{{}, model::UniqueConstraint{{"path"}, "uq_path"}}}},
          AlterTable{.table = "posts",
                     .recreate = Recreate::Always,
                     .copy_from = *sample_schema().find_table("posts"),
                     .partial_reordering = {{"title", "id"}},
                     .autoincrement = true}};
}
inline Samples samples(const CreateSchema*) { return {CreateSchema{"other"}}; }
inline Samples samples(const DropSchema*) { return {DropSchema{"empty"}}; }
inline Samples samples(const CreateSequence*) {
  return {CreateSequence{sample_sequence("numbers", 5)}};
}
inline Samples samples(const AlterSequence*) {
  return {AlterSequence{sample_sequence("counter", 7), sample_schema().sequences[0]}};
}
inline Samples samples(const DropSequence*) {
  return {DropSequence{.name = "counter", .was = sample_schema().sequences[0]}};
}
inline Samples samples(const CreateEnum*) { return {CreateEnum{{"size", {"s", "m"}, ""}}}; }
inline Samples samples(const DropEnum*) {
  return {DropEnum{.name = "unused", .was = model::EnumType{"unused", {"x"}, ""}}};
}
inline Samples samples(const AddEnumValue*) {
  return {AddEnumValue{.name = "mood", .value = "happy", .after = "ok"}};
}
inline Samples samples(const RenameEnumValue*) { return {RenameEnumValue{"mood", "ok", "fine"}}; }
inline Samples samples(const CreateDomain*) {
  return {CreateDomain{{"positive", "integer CHECK (VALUE > 0)"}}};
}
inline Samples samples(const DropDomain*) {
  return {DropDomain{.name = "lonely", .was = sample_schema().domains[1]}};
}
inline Samples samples(const RenameType*) {
  return {RenameType{"mood", "feeling"}, RenameType{"code", "short_code"}};
}
inline Samples samples(const CreateView*) {
  const model::View names{.name = "names", .definition = "SELECT name FROM users"};
  const model::View emails = sample_schema().views[0];
  model::View other = emails;
  other.definition = "SELECT email, name FROM users";
  return {CreateView{.view = names}, CreateView{.view = other, .or_replace = true, .was = emails}};
}
inline Samples samples(const DropView*) {
  return {DropView{.name = "titles", .materialized = true, .was = sample_schema().views[1]}};
}
inline Samples samples(const RefreshView*) { return {RefreshView{"titles", true}}; }
inline Samples samples(const CreateFunction*) {
  return {CreateFunction{{"g", "", "CREATE FUNCTION g() ...", false}, {}}};
}
inline Samples samples(const DropFunction*) {
  return {DropFunction{.name = "f", .arguments = "integer", .was = sample_schema().functions[0]}};
}
inline Samples samples(const CreateTrigger*) {
  return {CreateTrigger{{"tr2", "users", "CREATE TRIGGER tr2 ..."}}};
}
inline Samples samples(const DropTrigger*) {
  return {DropTrigger{.name = "tr", .table = "posts", .was = sample_schema().triggers[0]}};
}
inline Samples samples(const CreateExtension*) {
  return {CreateExtension{.extension = {"hstore", "", ""}}};
}
inline Samples samples(const DropExtension*) {
  return {DropExtension{.name = "citext", .was = sample_schema().extensions[0]}};
}
inline Samples samples(const SetComment*) {
  return {SetComment{CommentOn::Constraint, "users", "uq_users_email", "one each", {}},
          SetComment{CommentOn::Index, "users", "ix_users_name", "to look up", {}},
          SetComment{CommentOn::Enum, "mood", "", "how one feels", {}},
          SetComment{CommentOn::MaterializedView, "titles", "", "all titles", {}}};
}
inline Samples samples(const ExecuteSql*) {
  return {ExecuteSql{.sql = "UPDATE users\nSET name = :name", .parameters = {{"name", "x"}}}};
}
inline Samples samples(const BulkInsert*) {
  return {BulkInsert{"users", {"id"}, {{std::int64_t{1}}, {std::int64_t{2}}}}};
}

template <typename... Ops>
Samples samples_of_all(const std::variant<Ops...>*) {
  Samples all;
  const auto add = [&](const Samples& some) { all.insert(all.end(), some.begin(), some.end()); };
  (add(samples(static_cast<const Ops*>(nullptr))), ...);
  return all;
}
/// Every one can be applied to sample_schema(), by itself.
inline Samples all_samples() { return samples_of_all(static_cast<const Operation*>(nullptr)); }

}  // namespace cupel::ops
