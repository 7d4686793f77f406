// SPDX-License-Identifier: MIT
// The calls on what is no table: schemas, sequences, enums, views, functions, triggers, extensions.
#include <utility>

#include "cupel/context/operations.hpp"

namespace cupel::context {

void Operations::create_schema(std::string name, bool if_not_exists) {
  invoke(ops::CreateSchema{std::move(name), if_not_exists});
}
void Operations::drop_schema(std::string name, bool if_exists, bool cascade) {
  invoke(ops::DropSchema{std::move(name), if_exists, cascade});
}
void Operations::create_sequence(model::Sequence sequence, bool if_not_exists) {
  invoke(ops::CreateSequence{std::move(sequence), if_not_exists});
}
void Operations::alter_sequence(model::Sequence to) {
  invoke(ops::AlterSequence{std::move(to), {}});
}
void Operations::drop_sequence(ObjectName name, bool if_exists) {
  ops::DropSequence drop;
  drop.name = std::move(name);
  drop.if_exists = if_exists;
  invoke(drop);
}
void Operations::create_enum(ObjectName name, std::vector<std::string> values, bool if_not_exists) {
  invoke(ops::CreateEnum{{std::move(name), std::move(values), {}}, if_not_exists});
}
void Operations::drop_enum(ObjectName name, bool if_exists) {
  ops::DropEnum drop;
  drop.name = std::move(name);
  drop.if_exists = if_exists;
  invoke(drop);
}
void Operations::add_enum_value(ObjectName name, std::string value, std::string before,
                                std::string after, bool if_not_exists) {
  invoke(ops::AddEnumValue{std::move(name), std::move(value), std::move(before), std::move(after),
                           if_not_exists});
}
void Operations::rename_enum_value(ObjectName name, std::string value, std::string new_value) {
  invoke(ops::RenameEnumValue{std::move(name), std::move(value), std::move(new_value)});
}
void Operations::create_domain(ObjectName name, std::string definition, bool if_not_exists) {
  invoke(ops::CreateDomain{{std::move(name), std::move(definition)}, if_not_exists});
}
void Operations::drop_domain(ObjectName name, bool if_exists) {
  ops::DropDomain drop;
  drop.name = std::move(name);
  drop.if_exists = if_exists;
  invoke(drop);
}
void Operations::rename_type(ObjectName name, std::string new_name) {
  invoke(ops::RenameType{std::move(name), std::move(new_name)});
}
void Operations::create_comment(ops::CommentOn on, ObjectName object, std::string comment,
                                std::string name) {
  invoke(ops::SetComment{on, std::move(object), std::move(name), std::move(comment), {}});
}
void Operations::drop_comment(ops::CommentOn on, ObjectName object, std::string name) {
  invoke(ops::SetComment{on, std::move(object), std::move(name), std::nullopt, {}});
}
void Operations::create_view(ObjectName name, std::string select, bool or_replace) {
  ops::CreateView create;
  create.view.name = std::move(name);
  create.view.definition = std::move(select);
  create.or_replace = or_replace;
  invoke(create);
}
void Operations::drop_view(ObjectName name, bool if_exists) {
  ops::DropView drop;
  drop.name = std::move(name);
  drop.if_exists = if_exists;
  invoke(drop);
}
void Operations::create_materialized_view(ObjectName name, std::string select, bool with_data) {
  ops::CreateView create;
  create.view.name = std::move(name);
  create.view.definition = std::move(select);
  create.view.materialized = true;
  create.with_data = with_data;
  invoke(create);
}
void Operations::drop_materialized_view(ObjectName name, bool if_exists) {
  ops::DropView drop;
  drop.name = std::move(name);
  drop.materialized = true;
  drop.if_exists = if_exists;
  invoke(drop);
}
void Operations::refresh_materialized_view(ObjectName name, bool concurrently) {
  invoke(ops::RefreshView{std::move(name), concurrently});
}
void Operations::create_function(model::Function function) {
  invoke(ops::CreateFunction{std::move(function)});
}
void Operations::drop_function(ObjectName name, std::string arguments, bool if_exists) {
  ops::DropFunction drop;
  drop.name = std::move(name);
  drop.arguments = std::move(arguments);
  drop.if_exists = if_exists;
  invoke(drop);
}
void Operations::create_trigger(model::Trigger trigger) {
  invoke(ops::CreateTrigger{std::move(trigger)});
}
void Operations::drop_trigger(std::string name, ObjectName table, bool if_exists) {
  ops::DropTrigger drop;
  drop.name = std::move(name);
  drop.table = std::move(table);
  drop.if_exists = if_exists;
  invoke(drop);
}
void Operations::create_extension(std::string name, bool if_not_exists, std::string schema) {
  ops::CreateExtension create;
  create.extension.name = std::move(name);
  create.extension.schema = std::move(schema);
  create.if_not_exists = if_not_exists;
  invoke(create);
}
void Operations::drop_extension(std::string name, bool if_exists) {
  ops::DropExtension drop;
  drop.name = std::move(name);
  drop.if_exists = if_exists;
  invoke(drop);
}

}  // namespace cupel::context
